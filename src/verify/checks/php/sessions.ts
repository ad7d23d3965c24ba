import { judge, type Check } from '../../check';

export const sessions: Check = {
  id: 'php/sessions',
  expectation: 'a session is kept between requests; an id that the server did not give is not accepted',
  async run(subject) {
    const server = await subject.server();
    const cookie = (await server.request('/verify/session')).headers.get('set-cookie') ?? '';
    const id = cookie.split(';')[0]!;
    const again = await server.request('/verify/session', { headers: { Cookie: id } });
    const forged = await server.request('/verify/session', { headers: { Cookie: `${id.split('=')[0]}=forged` } });
    return judge(
      [
        ...(again.text === '2' ? [] : [`the second visit is ${again.status} ${again.text.slice(0, 100)}`]),
        ...(/;\s*HttpOnly/i.test(cookie) && /;\s*SameSite=(?:Lax|Strict)/i.test(cookie)
          ? []
          : [`the cookie is ${cookie}`]),
        ...(forged.headers.has('set-cookie') ? [] : ['a forged id is accepted']),
      ],
      '2 visits, HttpOnly and SameSite, a forged id is replaced',
    );
  },
};
