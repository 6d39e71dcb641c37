import { describe, expect, it } from 'vitest';
import { parseSettings } from '../settings.ts';
import { type ClusterPlan, masterSpecs, mediaSpecs, tutorialSpecs } from './plan.ts';

const plan: ClusterPlan = {
  settings: parseSettings({ OPENVIDU_SECRET: 'hush', MEDIA_WORKERS: '3' }),
  ports: {
    loadBalancer: 4443,
    fleet: 4490,
    masters: [4501, 4502],
    media: [4601],
    rtc: [40_000],
    tutorialApi: 5081,
    tutorialWeb: 5080,
    inspectors: { masters: [9301, 9302], media: [9401], tutorialApi: 9501 },
  },
  publicUrl: 'http://localhost:4443',
  redisUrl: 'redis://127.0.0.1:4379',
  databaseUrl: 'postgresql://127.0.0.1:4432/postgres',
  workerBin: '/cache/mediasoup-worker',
  env: { PATH: '/bin', EVERCALL_RECOVERY: 'application', PORT: '1', LOG_LEVEL: 'trace' },
  inspect: false,
  lan: undefined,
  page: 'build',
};

describe('the plan of a cluster', () => {
  it('gives each master its own name and address, and all the same secret and Redis', () => {
    const [first, second] = masterSpecs(plan);
    expect(first?.env).toMatchObject({
      NODE_NAME: 'master-1',
      HOST: '127.0.0.1',
      PORT: '4501',
      ADVERTISED_URL: 'http://127.0.0.1:4501',
      PUBLIC_URL: 'http://localhost:4443',
      REDIS_URL: 'redis://127.0.0.1:4379',
      OPENVIDU_SECRET: 'hush',
    });
    expect(second).toMatchObject({ name: 'master-2', labels: { address: 'http://127.0.0.1:4502' } });
  });

  it('tells media nodes where media goes and which worker to run', () => {
    expect(mediaSpecs(plan)[0]?.env).toMatchObject({
      NODE_NAME: 'media-1',
      MEDIA_WORKERS: '3',
      MEDIA_PORT_BASE: '40000',
      MEDIA_LISTEN_ADDRESS: '127.0.0.1',
      MEDIASOUP_WORKER_BIN: '/cache/mediasoup-worker',
    });
  });

  it('lets the environment through, except for what each process has of its own', () => {
    for (const { env } of [...masterSpecs(plan), ...mediaSpecs(plan)]) {
      expect(env).toMatchObject({ PATH: '/bin', EVERCALL_RECOVERY: 'application', LOG_LEVEL: 'info' });
      expect(env['PORT']).not.toBe('1');
    }
  });

  it('lets debuggers in only when asked, and only on this machine', () => {
    const argsOf = (inspect: boolean) =>
      [...masterSpecs({ ...plan, inspect }), ...mediaSpecs({ ...plan, inspect })].map(({ args }) =>
        args.join(' '),
      );
    expect(argsOf(false).join(' ')).not.toContain('inspect');
    expect(argsOf(true)[1]).toContain('--inspect=127.0.0.1:9302');
    expect(argsOf(true)[2]).toContain('--inspect=127.0.0.1:9401');
    expect(masterSpecs({ ...plan, inspect: true })[0]?.labels['inspector']).toBe('127.0.0.1:9301');
  });

  it('lets other machines reach media and page, but not break nodes unless somebody says so', () => {
    const listen = '192.168.1.20';
    const lan = { host: 'meet.lan', listen, port: 8443, certificate: '/lan.pem', rest: false };
    expect(mediaSpecs({ ...plan, lan })[0]?.env).toMatchObject({
      MEDIA_LISTEN_ADDRESS: listen,
      MEDIA_ANNOUNCED_ADDRESS: 'meet.lan',
    });
    const [api, web] = tutorialSpecs({ ...plan, lan });
    expect(web?.env['TUTORIAL_WEB_HOSTS']).toBe('meet.lan');
    expect(api?.env['EVERCALL_PLAYGROUND']).toBe('0');
    const told = { ...plan, lan, env: { EVERCALL_PLAYGROUND: '1' } };
    expect(tutorialSpecs(told)[0]?.env['EVERCALL_PLAYGROUND']).toBe('1');
    expect(tutorialSpecs(plan)[0]?.env['EVERCALL_PLAYGROUND']).toBe('1');
  });

  it('points the tutorial to the load balancer and the database', () => {
    const [api, web] = tutorialSpecs(plan);
    expect(api?.env).toMatchObject({
      OPENVIDU_URL: 'http://127.0.0.1:4443',
      DATABASE_URL: 'postgresql://127.0.0.1:4432/postgres',
    });
    expect(web?.env).toMatchObject({ TUTORIAL_API_URL: 'http://127.0.0.1:5081' });
  });

  it('keeps secrets out of what is stored about a process', () => {
    const labels = [...masterSpecs(plan), ...mediaSpecs(plan), ...tutorialSpecs(plan)].map(
      (spec) => spec.labels,
    );
    expect(JSON.stringify(labels)).not.toContain('hush');
  });
});
