"""Alibaba Cloud: ECS 2014-05-26, VPC 2016-04-28, STS 2015-04-01 and Location 2015-06-12."""
