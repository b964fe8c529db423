"""Damage to tags and indexes."""

import pytest
from tests.core.invariants.damage import change, finds, forget, index, limit, misname

CORRUPTIONS = [
    (
        "a resource is filed under another id than its own",
        lambda s: s.graph.networks.update(absent=s.fresh),
    ),
    ("index subnets by network is not", index("subnets_by_network")),
    ("index subnets that are busy is not", index("subnets_busy")),
    ("index groups by network is not", index("groups_by_network")),
    ("index instances by subnet is not", index("instances_by_subnet")),
    ("index instances by network is not", index("instances_by_network")),
    ("index instances by key pair is not", index("instances_by_key_pair")),
    ("index key pairs by public key is not", index("key_pairs_by_public_key")),
    ("the names of key pairs are not unique", lambda s: setattr(s.key_pair, "name", "b")),
    ("the names of key pairs are not unique", lambda s: s.graph.key_pairs_by_name.clear()),
    ("opened by a key pair that is not there", lambda s: s.graph.set_keys(s.second, ("absent",))),
    ("2 key pairs over 1", limit(key_pairs=1)),
    ("index launch templates by name is not", index("launch_templates_by_name")),
    ("index instances by placement group is not", index("instances_by_placement_group")),
    ("in a placement group that is not there", lambda s: s.graph.placement_groups.clear()),
    ("in a partition that its placement group", lambda s: setattr(s.instance, "partition", 1)),
    ("more instances than it has room for", lambda s: setattr(s.placed, "limit", 0)),
    ("1 placement groups over 0", limit(placement_groups=0)),
    ("has an instance twice", lambda s: setattr(s.provisioned, "instance_ids", ("a", "a"))),
    ("are more than all", lambda s: setattr(s.provisioned, "spot", 2)),
    ("two launch templates have one name", lambda s: setattr(s.template, "name", "b")),
    ("lacks its default version", lambda s: setattr(s.template, "default", 2)),
    ("are not in order", lambda s: setattr(s.template, "latest", 0)),
    ("2 launch templates over 1", limit(launch_templates=1)),
    ("1 versions of a launch template over 0", limit(versions_per_launch_template=0)),
    ("index interfaces by network is not", index("interfaces_by_network")),
    ("index interfaces by subnet is not", index("interfaces_by_subnet")),
    ("index interfaces by group is not", index("interfaces_by_group")),
    ("index interfaces by instance is not", index("interfaces_by_instance")),
    ("index interfaces by destination is not", index("interfaces_by_destination")),
    ("index interfaces by trunk is not", index("interfaces_by_trunk")),
    ("index interfaces by ip is not", index("interfaces_by_ip", 1)),
    ("index tag values is not", index("tag_values", ("Network", "k", "other"))),
    (
        "interfaces by network is not what a scan finds",
        forget("interfaces_by_network", lambda i: i.network_id),
    ),
    (
        "interfaces by subnet is not what a scan finds",
        forget("interfaces_by_subnet", lambda i: i.subnet_id),
    ),
    (
        "interfaces by group is not what a scan finds",
        forget("interfaces_by_group", lambda i: i.group_ids[0]),
    ),
    ("interfaces by ip is not what a scan finds", forget("interfaces_by_ip", lambda i: i.ipv6[0].ip)),
    ("index interfaces by name is not what a scan finds", misname("interface")),
    ("index instances by name is not what a scan finds", misname("instance")),
    ("parts of names are not looked for in all names", misname("interface", known=True)),
    ("a resource carries a tag that is not known", lambda s: s.graph.known_tags.clear()),
    (
        "interfaces by instance is not what a scan finds",
        lambda s: s.graph.interfaces_by_instance.discard(s.instance.id, s.primary.id),
    ),
    ("tag values is not what a scan finds", change("network", tags={})),
    ("MAC addresses are not unique, or not indexed", lambda s: setattr(s.interface, "mac", s.member.mac)),
    ("MAC addresses are not unique, or not indexed", lambda s: s.graph.macs.add("absent")),
    (
        "index interfaces by subnet is not what a scan finds",
        lambda s: s.graph.interfaces_by_subnet.ids(s.subnet.id).update({s.interface.id: 0}),
    ),
    (
        "is not in the order that it says it is in at subnet-",
        lambda s: (
            s.graph.interfaces_by_subnet.ids(s.subnet.id).pop(s.primary.id),
            s.graph.interfaces_by_subnet.ids(s.subnet.id).update({s.primary.id: s.primary.order}),
        ),
    ),
    (
        "index permissions by interface is not what a scan finds",
        lambda s: s.graph.permissions_by_interface.discard(s.interface.id, s.permission.id),
    ),
]


@pytest.mark.parametrize(("sentence", "corrupt"), CORRUPTIONS)
def test_damage_is_put_into_words(world, sentence, corrupt):
    assert finds(world, sentence, corrupt)
