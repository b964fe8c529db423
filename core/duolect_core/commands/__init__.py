"""The changes that can be made to a partition, one module per kind of resource.

Every command checks all it needs before it changes anything, and draws from the generator only after its
last check, so that a refused command leaves no trace.
"""
