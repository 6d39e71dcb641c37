import { describe, expect, it } from 'vitest';
import { CpuMeter } from './cpu-meter.js';

describe('CpuMeter', () => {
  it('gives the share used between the last two measures', () => {
    const meter = new CpuMeter();
    meter.measure(1000, 0);
    expect(meter.share).toBe(0);
    meter.measure(1250, 500);
    expect(meter.share).toBe(0.5);
    meter.measure(1250, 1000);
    expect(meter.share).toBe(0);
  });

  it('stays between nothing and one core', () => {
    const meter = new CpuMeter();
    meter.measure(0, 0);
    meter.measure(900, 500);
    expect(meter.share).toBe(1);
    meter.measure(0, 600);
    expect(meter.share).toBe(0);
  });
});
