import { shopFiles } from './support';

describe('kubernetes.yaml', () => {
  it('keeps state in claims, for one pod, without a budget that would hold up its node', () => {
    const files = shopFiles();
    expect(files.objects('PersistentVolumeClaim').map(({ metadata }) => metadata.name)).toEqual([
      'shop-data',
      'shop-var-lib-php-sessions',
    ]);
    expect(files.objects('Deployment')[0]).toMatchObject({ spec: { replicas: 1, strategy: { type: 'Recreate' } } });
    expect(files.objects('PodDisruptionBudget')).toEqual([]);
  });

  it('without state has two pods, of which one stays', () => {
    const files = shopFiles({ volumes: [] });
    expect(files.objects('PersistentVolumeClaim')).toEqual([]);
    expect(files.objects('Deployment')[0]).toMatchObject({
      spec: { replicas: 2, strategy: { type: 'RollingUpdate' } },
    });
    expect(files.objects('PodDisruptionBudget')).toMatchObject([{ spec: { maxUnavailable: 1 } }]);
  });

  it('mounts the certificate from a Secret, at the places that nginx reads', () => {
    const tls = { certificate: '/run/secrets/a/cert.pem', key: '/run/secrets/b/cert.pem', port: 8443 };
    const files = shopFiles({ nginx: { tls } });
    const mounts = files.container().volumeMounts.filter(({ name }) => name === 'secrets');
    expect(mounts).toEqual([
      { name: 'secrets', mountPath: tls.certificate, subPath: 'tls.crt', readOnly: true },
      { name: 'secrets', mountPath: tls.key, subPath: 'tls.key', readOnly: true },
    ]);
    expect(files.objects('Service')).toMatchObject([
      {
        spec: {
          ports: [
            { name: 'http', port: 80, targetPort: 'http' },
            { name: 'https', port: 443, targetPort: 'https' },
          ],
        },
      },
    ]);
    expect(files.service()).toMatchObject({
      secrets: [
        { source: 'tls-certificate', target: tls.certificate },
        { source: 'tls-key', target: tls.key },
      ],
    });
  });

  it('prepares the one directory that s6-overlay is particular about', () => {
    const files = shopFiles({ s6: { source: 'overlay' } });
    const mounts = files.container().volumeMounts;
    expect(mounts.filter(({ subPath }) => subPath)).toEqual([{ name: 'run', mountPath: '/run', subPath: 'run' }]);
    expect(files.text('kubernetes.yaml')).toContain(
      'umask(0); exit(is_dir("/mnt/run/run") || mkdir("/mnt/run/run", 0775) ? 0 : 1);',
    );
  });

  it('prepares nothing for plain s6, which makes its own directory', () => {
    const files = shopFiles({ s6: { source: 'distribution' } });
    expect(files.container().volumeMounts.filter(({ subPath }) => subPath)).toEqual([]);
    expect(files.text('kubernetes.yaml')).not.toContain('initContainers');
  });
});
