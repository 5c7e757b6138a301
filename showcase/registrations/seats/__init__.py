"""Pools of seats, how they are taken and given back, and the line of those who wait."""
