import { judge, type Check } from '../../check';
import { bytes, configuredLimits } from '../configured-limits';

export const agreement: Check = {
  id: 'limits/agreement',
  expectation:
    'limits agree: body of nginx <= post_max_size >= upload_max_filesize, time of nginx >= PHP-FPM >= PHP > 0',
  async run(subject) {
    const server = await subject.server();
    const { body, nginxTimeout, fpmTimeout } = await configuredLimits(subject);
    const names = ['post_max_size', 'upload_max_filesize', 'max_execution_time'] as const;
    const ini = await server.ask<Record<(typeof names)[number], string>>(`settings?names=${names.join()}`);
    const post = bytes(ini.post_max_size);
    const time = Number(ini.max_execution_time);
    return judge(
      [
        ...(body <= post ? [] : [`nginx takes ${body} bytes, PHP ${post}`]),
        ...(bytes(ini.upload_max_filesize) <= post
          ? []
          : [`a file of ${ini.upload_max_filesize}, a form of ${post} bytes`]),
        ...(nginxTimeout >= fpmTimeout ? [] : [`nginx waits ${nginxTimeout} s, PHP-FPM ${fpmTimeout} s`]),
        ...(fpmTimeout >= time && time > 0 ? [] : [`PHP-FPM waits ${fpmTimeout} s, PHP runs ${time} s`]),
      ],
      `${body} <= ${post} bytes, ${nginxTimeout} >= ${fpmTimeout} >= ${time} s`,
    );
  },
};
