#pragma once
// mediasoup calls libsrtp 3, which no distribution has. This is the part of its interface that mediasoup uses,
// written for libsrtp 2. Two things differ: a policy is an opaque object that is filled step by step, and packets are
// (un)protected from one buffer into another.
#include <srtp2/srtp.h>
#include <algorithm>
#include <climits>
#include <cstddef>
#include <cstdint>
#include <new>

// Codes that only libsrtp 3 has; mediasoup names them in its table of texts, libsrtp 2 never returns them.
#define srtp_err_status_buffer_small static_cast<srtp_err_status_t>(28)
#define srtp_err_status_cryptex_err static_cast<srtp_err_status_t>(29)

namespace shim
{
	// libsrtp 2 keeps only a pointer to the key until srtp_create(), so the key lives beside the policy.
	struct SrtpPolicy
	{
		::srtp_policy_t native{};
		uint8_t masterKeyAndSalt[SRTP_MAX_KEY_LEN]{};
	};
	using SrtpPolicyHandle = SrtpPolicy*;

	using InPlaceOperation = srtp_err_status_t (*)(srtp_t, void*, int*);

	// libsrtp 2 works in place: the packet is brought to the destination first. The caller has seen to it that the
	// destination has room for the trailer.
	inline srtp_err_status_t runInPlace(
	  InPlaceOperation operation,
	  srtp_t session,
	  const uint8_t* source,
	  size_t sourceLen,
	  uint8_t* destination,
	  size_t* destinationLen)
	{
		if (sourceLen > INT_MAX)
		{
			return srtp_err_status_bad_param;
		}

		if (source != destination)
		{
			std::copy_n(source, sourceLen, destination);
		}

		int len                        = static_cast<int>(sourceLen);
		const srtp_err_status_t status = operation(session, destination, &len);

		if (status == srtp_err_status_ok)
		{
			*destinationLen = static_cast<size_t>(len);
		}

		return status;
	}
} // namespace shim

#define srtp_policy_t shim::SrtpPolicyHandle

inline srtp_err_status_t srtp_policy_create(shim::SrtpPolicyHandle* policy)
{
	*policy = new (std::nothrow) shim::SrtpPolicy();

	return *policy == nullptr ? srtp_err_status_alloc_fail : srtp_err_status_ok;
}

inline void srtp_policy_destroy(shim::SrtpPolicyHandle policy)
{
	delete policy;
}

inline srtp_err_status_t srtp_policy_set_ssrc(shim::SrtpPolicyHandle policy, srtp_ssrc_t ssrc)
{
	policy->native.ssrc = ssrc;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_profile(shim::SrtpPolicyHandle policy, srtp_profile_t profile)
{
	// The two differ: with the profile of 32 bit tags, RTCP keeps tags of 80 bits (RFC 5764, 4.1.2).
	const srtp_err_status_t status =
	  srtp_crypto_policy_set_from_profile_for_rtp(&policy->native.rtp, profile);

	return status == srtp_err_status_ok
	         ? srtp_crypto_policy_set_from_profile_for_rtcp(&policy->native.rtcp, profile)
	         : status;
}

// The master key identifier, which mediasoup doesn't use, is refused rather than dropped.
inline srtp_err_status_t srtp_policy_add_key(
  shim::SrtpPolicyHandle policy,
  const uint8_t* key,
  size_t keyLen,
  const uint8_t* salt,
  size_t saltLen,
  const uint8_t* /*mki*/,
  size_t mkiLen)
{
	if (mkiLen != 0 || keyLen + saltLen > sizeof(policy->masterKeyAndSalt))
	{
		return srtp_err_status_bad_param;
	}

	std::copy_n(salt, saltLen, std::copy_n(key, keyLen, policy->masterKeyAndSalt));
	policy->native.key = policy->masterKeyAndSalt;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_allow_repeat_tx(shim::SrtpPolicyHandle policy, bool allowed)
{
	policy->native.allow_repeat_tx = allowed ? 1 : 0;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_window_size(shim::SrtpPolicyHandle policy, size_t packets)
{
	policy->native.window_size = packets;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_create(srtp_t* session, shim::SrtpPolicyHandle policy)
{
	return ::srtp_create(session, &policy->native);
}

// As libsrtp 2, takes the SSRC in network byte order, which is how mediasoup gives it.
inline srtp_err_status_t srtp_stream_remove(srtp_t session, uint32_t ssrc)
{
	return ::srtp_remove_stream(session, ssrc);
}

inline srtp_err_status_t srtp_protect(
  srtp_t session, const uint8_t* rtp, size_t rtpLen, uint8_t* srtp, size_t* srtpLen, size_t /*mkiIndex*/)
{
	return shim::runInPlace(::srtp_protect, session, rtp, rtpLen, srtp, srtpLen);
}

inline srtp_err_status_t srtp_unprotect(
  srtp_t session, const uint8_t* srtp, size_t srtpLen, uint8_t* rtp, size_t* rtpLen)
{
	return shim::runInPlace(::srtp_unprotect, session, srtp, srtpLen, rtp, rtpLen);
}

inline srtp_err_status_t srtp_protect_rtcp(
  srtp_t session, const uint8_t* rtcp, size_t rtcpLen, uint8_t* srtcp, size_t* srtcpLen, size_t /*mkiIndex*/)
{
	return shim::runInPlace(::srtp_protect_rtcp, session, rtcp, rtcpLen, srtcp, srtcpLen);
}

inline srtp_err_status_t srtp_unprotect_rtcp(
  srtp_t session, const uint8_t* srtcp, size_t srtcpLen, uint8_t* rtcp, size_t* rtcpLen)
{
	return shim::runInPlace(::srtp_unprotect_rtcp, session, srtcp, srtcpLen, rtcp, rtcpLen);
}
