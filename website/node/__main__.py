"""Run npm: `ci` installs into the environment, any other command changes the files here."""

import sys

from website.node import install_packages, npm

if sys.argv[1:] == ["ci"]:
    install_packages()
else:
    sys.exit(npm(*sys.argv[1:]))
