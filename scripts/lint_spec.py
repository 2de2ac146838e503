"""placeholder"""
def lint(document, owners): return []
