"""``duolect ca``."""

import argparse
import sys

from duolect.access.certificates import CertificateAuthority, NoTls
from duolect.cli.options import Parser, controls
from duolect.client import Duolect


def declare_ca(parser: Parser) -> None:
    """Declare ``duolect ca``."""
    controls(parser, write_authority, "ca > ca.pem", "ca --ca-dir certificates > ca.pem")
    parser.add_argument(
        "--ca-dir",
        metavar="DIR",
        help="ask no emulator: write the certificate that is kept here, and make it where there is none",
    )


def write_authority(duolect: Duolect, options: argparse.Namespace) -> int:
    """Write the authority's certificate as PEM.

    Raises:
        ValueError: there is none in the folder, and none can be made there.
    """
    if options.ca_dir is None:
        certificate = duolect.ca()
    else:
        try:
            certificate = CertificateAuthority(options.ca_dir).certificate
        except NoTls as reason:
            raise ValueError(str(reason)) from None
    sys.stdout.write(certificate)
    return 0
