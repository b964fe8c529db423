"""``duolect keys``, ``duolect conditions`` and ``duolect signatures``."""

import argparse

from duolect.cli.options import Parser, command, controls, count, group, table, write
from duolect.client import Duolect


def declare_keys(parser: Parser) -> None:
    """Declare ``duolect keys``."""
    subcommands = group(parser)
    command(subcommands, "list", list_keys, "list the known access keys, without their secrets")
    putting = command(
        subcommands,
        "put",
        put_key,
        "make an access key known, or change it",
        "keys put LTAI5me my-secret",
        "keys put temporary my-secret --token my-token --expires 1790000000",
        "keys put sub-user my-secret --account me --sub-user",
    )
    putting.add_argument("id", metavar="ID", help="the access key id")
    putting.add_argument("secret", metavar="SECRET", help="what it signs with")
    putting.add_argument("--token", help="the security token that must come with it")
    putting.add_argument("--expires", type=count, help="the second since 1970 at which it ends")
    putting.add_argument("--account", help="the account that it belongs to (default: one of its own)")
    putting.add_argument(
        "--sub-user", action="store_const", const=True, help="conditions for sub-users apply to it"
    )
    removing = command(subcommands, "remove", remove_key, "forget an access key")
    removing.add_argument("id", metavar="ID", help="the access key id")


def declare_conditions(parser: Parser) -> None:
    """Declare ``duolect conditions``."""
    subcommands = group(parser)
    command(subcommands, "list", list_conditions, "list what accounts may not do")
    adding = command(
        subcommands,
        "add",
        add_condition,
        "refuse an account an action, or all",
        "conditions add --cloud alibaba --code Forbidden.RAM --access-key me --action DeleteVpc",
        "conditions add --cloud tencent --code UnauthorizedOperation --access-key sub-users",
        "conditions add --cloud alibaba --code OperationDenied.NoStock --zone cn-hangzhou-h",
    )
    adding.add_argument("--cloud", required=True, help="alibaba or tencent")
    adding.add_argument("--code", required=True, help="a code that the vendor documents for the action")
    adding.add_argument(
        "--access-key", metavar="KEY", help="a key, an account, or sub-users (default: all)"
    )
    adding.add_argument("--action", help="the name of an action (default: all)")
    adding.add_argument("--zone", help="refuse only new instances in this zone")
    adding.add_argument("--instance-type", metavar="TYPE", help="refuse only new instances of this type")
    clearing = command(subcommands, "clear", clear_conditions, "take conditions away")
    clearing.add_argument("--access-key", metavar="KEY", help="only those that were added for it")


def declare_signatures(parser: Parser) -> None:
    """Declare ``duolect signatures``."""
    controls(parser, signatures, "signatures", "signatures --last 1")
    parser.add_argument("--last", type=count, metavar="N", help="only the latest so many")


def list_keys(duolect: Duolect, options: argparse.Namespace) -> int:
    """List the known keys."""
    keys = duolect.keys.list()
    rows = [
        (
            key["id"],
            key["account"],
            ", ".join(word for word in ("sub_user", "temporary") if key[word]).replace("_", "-"),
            key["expires"] or "",
        )
        for key in keys
    ]
    write(options, keys, table(rows, "id", "account", "kind", "expires") if rows else "no keys are known")
    return 0


def put_key(duolect: Duolect, options: argparse.Namespace) -> int:
    """Make a key known."""
    names = ("token", "expires", "account", "sub_user")
    more = {name: value for name in names if (value := getattr(options, name)) is not None}
    duolect.keys.put(options.id, options.secret, **more)
    write(options, {}, "")
    return 0


def remove_key(duolect: Duolect, options: argparse.Namespace) -> int:
    """Forget a key."""
    duolect.keys.remove(options.id)
    write(options, {}, "")
    return 0


def list_conditions(duolect: Duolect, options: argparse.Namespace) -> int:
    """List the conditions."""
    conditions = duolect.conditions.list()
    columns = ("cloud", "access_key", "action", "code", "zone", "instance_type")
    rows = [[each[name] for name in columns] for each in conditions]
    heads = ("cloud", "account", "action", "code", "zone", "type")
    text = table(rows, *heads) if rows else "no conditions"
    write(options, conditions, text)
    return 0


def add_condition(duolect: Duolect, options: argparse.Namespace) -> int:
    """Add a condition."""
    names = ("cloud", "code", "access_key", "action", "zone", "instance_type")
    wanted = {name: value for name in names if (value := getattr(options, name)) is not None}
    write(options, duolect.conditions.add(**wanted), "")
    return 0


def clear_conditions(duolect: Duolect, options: argparse.Namespace) -> int:
    """Take conditions away."""
    duolect.conditions.clear(options.access_key)
    write(options, {}, "")
    return 0


def signatures(duolect: Duolect, options: argparse.Namespace) -> int:
    """Show the latest signatures that were not believed."""
    shown = duolect.signatures()
    failures = shown["failures"]
    if options.last is not None:
        failures = failures[max(0, len(failures) - options.last) :]
    lines = [f"signatures are verified: {shown['mode']}"]
    for failure in failures:
        lines += [
            "",
            f"{failure['request_id']}  {failure['access_key']}  {failure['action']}  {failure['scheme']}",
            f"  {failure['reason']}",
            f"  sent      {failure['sent']}",
            *(f"  computed  {each}" for each in failure["expected"]),
        ]
        for name, texts in (
            ("canonical request", failure["canonical_requests"]),
            ("string to sign", failure["strings_to_sign"]),
        ):
            for text in texts:
                lines += [f"  {name}:", *(f"    {line}" for line in text.split("\n"))]
    write(options, {**shown, "failures": failures}, "\n".join(lines))
    return 0
