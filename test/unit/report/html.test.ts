import fc from 'fast-check';
import { count, each, html, Html, relativeUrl, scriptJson, visible } from '../../../src/report/html';
import { hostileText } from '../../property/configurations';

test('a value is text, whatever stands in it', () => {
  const value = `<img src=x onerror="alert('1')">&amp;`;
  expect(html`<p title="${value}">${value}</p>`.text).toBe(
    '<p title="&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;amp;">&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;amp;</p>',
  );
});

/** Under another name, so that prettier leaves the templates as they are. */
const markup = html;

test('a piece of HTML is taken as it is, a list of them a line each, and nothing for undefined', () => {
  const items = ['a', '<b>'].map((item) => markup`<li>${item}</li>`);
  expect(markup`<ul>${items}${undefined}${markup`<!-- ${7} -->`}</ul>`.text).toBe(
    '<ul><li>a</li>\n<li>&lt;b&gt;</li><!-- 7 --></ul>',
  );
});

test('the items of a list are made when its text is asked for, each time', () => {
  // GIVEN
  const made: number[] = [];
  const list = markup`<ul>${each([1, 2], (item) => (made.push(item), markup`<li>${item}</li>`))}</ul>`;
  expect(made).toEqual([]);
  // WHEN
  const texts = [list.text, list.text];
  // THEN
  expect(texts).toEqual(['<ul><li>1</li>\n<li>2</li></ul>', '<ul><li>1</li>\n<li>2</li></ul>']);
  expect(made).toEqual([1, 2, 1, 2]);
});

test('the indentation of a template is left out, that of a value is kept', () => {
  expect(
    markup`<p>
      ${Html.trusted('a\n   b')}
    </p>`.text,
  ).toBe('<p>\na\n   b\n</p>');
});

test('no text ends an attribute or an element, or begins one', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const [, attribute, content] = /^<p title="([^]*)">([^]*)<\/p>$/.exec(html`<p title="${text}">${text}</p>`.text)!;
      expect(attribute).toBe(content);
      expect(content).not.toMatch(/[<>"']/);
    }),
  );
});

test('what hides is spelled out', () => {
  expect(visible('a\u202eb\0c\u2028d\ud800e\u200bf\ufffe')).toBe(
    'a\\u{202e}b\\u{0}c\\u{2028}d\\u{d800}e\\u{200b}f\\u{fffe}',
  );
  expect(visible('Grüße,\n世界 🙂')).toBe('Grüße,\n世界 🙂');
});

test('JSON in a script element cannot end it, and says the same', () => {
  fc.assert(
    fc.property(fc.array(hostileText), (texts) => {
      const text = scriptJson(texts);
      expect(text).not.toMatch(/[<>&\u2028\u2029]/);
      expect(JSON.parse(text)).toEqual(texts.map(visible));
    }),
  );
});

test('a relative URL stays below the page, whatever a path is made of', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const url = new URL(`x/${relativeUrl(text.replaceAll('/', ''), 'README.md')}`, 'https://host.invalid/out/');
      expect([url.origin, url.search, url.hash]).toEqual(['https://host.invalid', '', '']);
    }),
  );
  expect(relativeUrl('javascript:alert(1)', 'a b.md')).toBe('javascript%3Aalert%281%29/a%20b.md');
});

test('one is one, two are many', () => {
  expect([count(0, 'grant'), count(1, 'grant'), count(2, 'grant')]).toEqual(['0 grants', '1 grant', '2 grants']);
});
