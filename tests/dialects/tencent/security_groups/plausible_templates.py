"""Templates, and groups of them, for the plausible requests."""

from tests.dialects.tencent.codes.plausible_requests import Account

ADDRESS = [{"Member": "10.0.0.1"}]
OTHER = [{"Member": "10.0.0.2"}]


def furnish_templates(account: Account) -> None:
    """Make two templates of each kind, one of them in a group of its own."""
    kinds = {"Address": {"Addresses": ["10.0.0.1"]}, "Service": {"Services": ["tcp:80"]}}
    for kind, entries in kinds.items():
        template, group = f"{kind}Template", f"{kind}TemplateGroup"
        new = {f"{template}Name": "name", **entries}
        made = [account.call(f"Create{template}", **new)[template] for _ in "12"]
        used, bare = (each[f"{template}Id"] for each in made)
        named = {f"{group}Name": "name", f"{template}Ids": [used]}
        group_id = account.call(f"Create{group}", **named)[group][f"{group}Id"]
        account.values |= {f"{template}Id": used, f"{group}Id": group_id}
        account.of_action |= {
            f"Create{template}": entries,
            f"Delete{template}": {f"{template}Id": bare},
        }
    account.values |= {"TemplateId": account.values["AddressTemplateId"]}
    account.of_action |= {
        "AddTemplateMember": {"TemplateMember": OTHER},
        "DeleteTemplateMember": {"TemplateMember": ADDRESS},
        "ModifyTemplateMember": {"OriginalTemplateMember": ADDRESS, "TemplateMember": OTHER},
    }
