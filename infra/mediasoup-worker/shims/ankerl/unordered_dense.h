#pragma once
// mediasoup uses the hash containers of the header-only library ankerl::unordered_dense, which the distributions
// don't carry. It needs nothing of them that the standard containers don't do.
#include <functional>
#include <unordered_map>
#include <unordered_set>

namespace ankerl
{
	namespace unordered_dense
	{
		template<typename Key>
		struct hash : public std::hash<Key>
		{
		};

		template<typename Key, typename Value, typename Hash = hash<Key>, typename Equal = std::equal_to<Key>>
		using map = std::unordered_map<Key, Value, Hash, Equal>;

		template<typename Key, typename Hash = hash<Key>, typename Equal = std::equal_to<Key>>
		using set = std::unordered_set<Key, Hash, Equal>;
	} // namespace unordered_dense
} // namespace ankerl
