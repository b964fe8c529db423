"""All resources of a partition, with an index for every way in which they are asked for."""
