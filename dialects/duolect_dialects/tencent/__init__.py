"""Tencent Cloud: vpc, cvm and cbs 2017-03-12, tag and sts 2018-08-13."""
