"""Zhiheng 职衡: a department's performance table, read, understood, audited, scored and printed.

Pure library: no web framework, no database, no clock. Values in, values and problems out.
"""
