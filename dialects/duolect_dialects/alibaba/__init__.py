"""Alibaba Cloud: ECS 2014-05-26 and VPC 2016-04-28."""
