import { ImageConstruct, Testing, type ImageProps } from '../../../src';

function synth(nginx: ImageProps['nginx'], release?: string, platform = 'debian', php = '8.4') {
  const app = Testing.app();
  new ImageConstruct(app, 'shop', { php, platform, release, nginx });
  return app;
}

describe('options of nginx', () => {
  it('lets browsers keep static files for the time that is asked for, with the security headers', () => {
    const conf = Testing.synth(synth({ staticMaxAge: 3600 })).file('shop/amd64/nginx.conf');
    expect(conf).toMatch(
      /location ~\* \S+woff2\?\)\$ \{\n +expires 3600s;\n +try_files \$uri \/index\.php\$is_args\$args;/,
    );
    expect(conf).not.toContain('add_header');
  });

  it('compresses by brotli with the packages of the release', () => {
    const { file } = Testing.synth(synth({ brotli: true }));
    expect(file('shop/amd64/nginx.conf')).toMatch(/load_module \S+ngx_http_brotli_filter_module\.so;/);
    expect(file('shop/amd64/Dockerfile')).toContain('libnginx-mod-http-brotli-filter');
  });

  it('refuses brotli where the release does not package it', () => {
    const [problem] = Testing.problems(synth({ brotli: true }, '22.04', 'ubuntu', '8.1'));
    expect(problem).toMatchObject({ where: 'shop/nginx', what: 'ubuntu 22.04 does not package brotli for nginx' });
  });
});
