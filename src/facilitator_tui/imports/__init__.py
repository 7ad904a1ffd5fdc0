"""People, presence and chats from the files that call tools write."""
