import pytest

from duolect.settings.toml_lines import Lines

TEXT = """\
title = "x"     # 1

[[alibaba]]     # 3
account = "me"
[alibaba.quotas]
networks = 3
[[alibaba.networks]]  # 7
id = "vpc-1"
Tag = [{Key = "a", Value = "b"}]
[[alibaba.networks]]  # 10
id = "vpc-2"
text = '''
id = "no"
[[alibaba.networks]
'''
[[alibaba]]     # 16
account = "you"
[[alibaba.networks]]
"dotted.key".more = 1
[tencent]
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 1),
        (("title",), 1),
        (("alibaba", 0), 3),
        (("alibaba", 0, "account"), 4),
        (("alibaba", 0, "quotas"), 5),
        (("alibaba", 0, "quotas", "networks"), 6),
        (("alibaba", 0, "networks", 0), 7),
        (("alibaba", 0, "networks", 0, "Tag", 0, "Key"), 9),
        (("alibaba", 0, "networks", 1), 10),
        (("alibaba", 0, "networks", 1, "id"), 11),
        (("alibaba", 0, "networks", 1, "absent"), 10),
        (("alibaba", 1, "account"), 17),
        (("alibaba", 1, "networks", 0, "dotted.key", "more"), 19),
        (("tencent",), 20),
        (("nowhere", 3), 1),
    ],
)
def test_a_path_is_found_at_its_line(path, line):
    assert Lines(TEXT).of(path) == line


def test_what_only_looks_like_a_key_is_none():
    assert Lines('a = """\n{b} = 1\n"b = 1\n"""\nc = 2\n').of(("c",)) == 5


def test_where_there_is_nothing_everything_is_at_the_first_line():
    assert Lines("").of(("a", "b")) == 1
