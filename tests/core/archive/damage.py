"""Changes of trees by the paths of what is in them."""


def put(path, value):
    """Return a change that puts a value in a tree at a path; None in it means the first member."""

    def change(tree):
        *parts, last = path
        for part in parts:
            tree = tree[first(tree) if part is None else part]
        tree[first(tree) if last is None else last] = value

    return change


def first(tree):
    return next(iter(tree))


def drop(path):
    def change(tree):
        *parts, last = path
        for part in parts:
            tree = tree[first(tree) if part is None else part]
        del tree[first(tree) if last is None else last]

    return change


def reverse(name):
    def change(tree):
        tree[name] = dict(reversed(tree[name].items()))

    return change


def places(tree, path=()):
    """Return the path of everything in a tree."""
    yield path
    for key in tree if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ():
        yield from places(tree[key], (*path, key))


def at(tree, path):
    for part in path:
        tree = tree[part]
    return tree
