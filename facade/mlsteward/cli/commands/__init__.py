"""The commands, a module for each domain. Importing a module registers what it defines; `root` imports them all."""
