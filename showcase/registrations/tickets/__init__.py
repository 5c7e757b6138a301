"""The ticket in the hands of its owner: its page, calendar entry and links."""
