import { namespacesOf, shopFiles } from './support';
import type { ImageProps } from '../../../src';

function limits(props: Partial<ImageProps>) {
  const files = shopFiles(props);
  const { mem_limit: memory, pids_limit: pids, stop_grace_period: stop, ulimits } = files.service();
  return { memory, pids, stop, ulimits };
}

describe('the limits of a container', () => {
  it('have room for every worker at its limit, full tmpfs, and the rest', () => {
    // 64 for the rest, 16 and 64 for /run and /tmp, 10 workers of 128
    expect(limits({})).toEqual({
      memory: '1424m',
      pids: 210,
      stop: '63s',
      ulimits: { core: 0, nofile: 4096 },
    });
  });

  it('follow the configuration', () => {
    expect(
      limits({
        php: { version: '8.4', memoryLimit: '64M', postMaxSize: '1G', fpm: { maxChildren: 20 } },
        nginx: { workerProcesses: 4, workerConnections: 10_000 },
        s6: { stopTimeout: 100 },
      }),
    ).toEqual({ memory: '3408m', pids: 96, stop: '207s', ulimits: { core: 0, nofile: 40_000 } });
  });

  it('count a program of the person’s own like a worker', () => {
    const files = shopFiles({}, (part) => part.addLongRun({ name: 'queue', command: ['/usr/bin/php', '-v'] }));
    expect(files.service()).toMatchObject({ mem_limit: '1552m', pids_limit: 218, stop_grace_period: '93s' });
  });

  it('are those of s6-overlay where it stops everything at once', () => {
    expect(limits({ s6: { source: 'overlay' } }).stop).toBe('33s');
  });

  it('are the same in Kubernetes, whose pods get a moment more before they stop', () => {
    const files = shopFiles();
    expect(files.container().resources.limits).toEqual({ cpu: '1', memory: '1424Mi' });
    expect(files.objects('Deployment')[0]).toMatchObject({
      spec: { template: { spec: { terminationGracePeriodSeconds: 68 } } },
    });
  });

  it('let a server whose workers are busy for a whole request live', () => {
    const { livenessProbe } = shopFiles({
      php: { version: '8.4', fpm: { requestTimeout: 300 } },
      nginx: { requestTimeout: 300 },
    }).container();
    expect(livenessProbe.periodSeconds * livenessProbe.failureThreshold).toBeGreaterThan(300);
  });
});

describe('the kernel lets a container listen', () => {
  it('on no port below 1024', () => {
    expect(shopFiles().service().sysctls).toEqual({
      'net.ipv4.ip_unprivileged_port_start': '1024',
      'net.ipv4.ping_group_range': '1 0',
    });
  });

  it('on the lowest port that was asked for, also in Kubernetes', () => {
    const files = shopFiles({ nginx: { port: 80 } });
    expect(files.service().sysctls).toMatchObject({ 'net.ipv4.ip_unprivileged_port_start': '80' });
    expect(files.service().ports).toEqual(['127.0.0.1:8080:80']);
    expect(files.text('kubernetes.yaml')).toContain('net.ipv4.ip_unprivileged_port_start\n            value: "80"');
  });
});

describe('names', () => {
  it('are those that DNS allows', () => {
    expect(namespacesOf(['8.4_shop', 'a.b', 'x'.repeat(60)])).toEqual(['image-8-4-shop', 'a-b', 'x'.repeat(40)]);
  });

  it('of volumes are told apart', () => {
    const files = shopFiles({ volumes: ['/srv/a_b', '/srv/a-b', '/srv/A/b'] });
    expect(files.service().volumes).toEqual(['srv-a-b:/srv/A/b', 'srv-a-b-2:/srv/a-b', 'srv-a-b-3:/srv/a_b']);
  });
});
