import { describe, expect, it } from 'vitest';
import { RequestError } from '../request-error.js';
import { AdmissionService } from './admission.service.js';

/** Brings in so many who stay until they are let go. */
function crowd(admission: AdmissionService, urgency: 'resume' | 'join', count: number) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const admitted = Promise.all(
    Array.from({ length: count }, async () => admission.admit(urgency, () => promise)),
  );
  return { admitted, letGo: resolve };
}

describe('AdmissionService', () => {
  it('sends away who finds no room to wait, each for longer than the one before', async () => {
    const admission = new AdmissionService();
    const { admitted, letGo } = crowd(admission, 'resume', 16 + 48);
    const refused = await Promise.allSettled(
      Array.from({ length: 100 }, async () => admission.admit('resume', async () => undefined)),
    );
    const waits = refused.map((outcome) =>
      outcome.status === 'rejected' && outcome.reason instanceof RequestError
        ? outcome.reason.details.retryAfterMs!
        : 0,
    );
    expect(waits[0]).toBeGreaterThan(0);
    expect(waits.at(-1)).toBeGreaterThan(waits[0]!);
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    letGo();
    await admitted;
    await expect(admission.admit('resume', async () => 'in')).resolves.toBe('in');
  });

  it('has room for those who come back where new ones are sent away', async () => {
    const admission = new AdmissionService();
    const { admitted, letGo } = crowd(admission, 'join', 16 + 16);
    await expect(admission.admit('join', async () => 'in')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    const back = admission.admit('resume', async () => 'back');
    letGo();
    await expect(back).resolves.toBe('back');
    await admitted;
  });

  it('passes on what goes wrong, and goes on', async () => {
    const admission = new AdmissionService();
    const failing = admission.admit('join', async () => {
      throw new Error('wrong');
    });
    await expect(failing).rejects.toThrow('wrong');
    await expect(admission.admit('join', async () => 'in')).resolves.toBe('in');
  });
});
