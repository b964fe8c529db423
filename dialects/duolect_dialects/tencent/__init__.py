"""Tencent Cloud: vpc and cvm 2017-03-12."""
