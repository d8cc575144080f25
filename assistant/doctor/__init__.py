"""Looks whether an installation is well, part by part; changes nothing."""

from assistant.doctor.checks import Check, Report
from assistant.doctor.parts import examine

__all__ = ["Check", "Report", "examine"]
