import { byCodePoint, byVersion } from '../catalog';
import type { Html } from './html';
import { count, html } from './html';
import type { PageContent } from './page';

/** A time in which something gets fixes of one kind. */
interface Span {
  readonly kind: 'active' | 'security' | 'regular' | 'extended';
  /** Absent: nobody says when it began. */
  readonly from?: string | undefined;
  readonly to: string;
}

interface Line {
  readonly name: string;
  readonly images: number;
  readonly spans: readonly Span[];
}

const WORDS: Readonly<Record<Span['kind'], string>> = {
  active: 'all fixes until',
  security: 'security fixes until',
  regular: 'fixes until',
  extended: 'longer support until',
};

/** When PHP and the distributions stop being mended. The line of today is drawn by the page's script. */
export function renderTimeLine(content: PageContent): Html {
  const groups = [
    { title: 'PHP', lines: phpLines(content) },
    { title: 'Distributions', lines: platformLines(content) },
  ].filter(({ lines }) => lines.length > 0);
  const dates = groups.flatMap(({ lines }) => lines.flatMap(({ spans }) => spans.map(({ to }) => to)));
  if (dates.length === 0) {
    return html``;
  }
  const years = dates.map((date) => Number(date.slice(0, 4)));
  const axis = new Axis(Math.min(...years) - 1, Math.max(...years) + 1);
  return html`<section
    id="time-line"
    aria-labelledby="time-line-title"
    data-first="${axis.first}"
    data-last="${axis.last}"
  >
    <h2 id="time-line-title">Time line</h2>
    <p class="legend">
      <span class="key active">all fixes</span> <span class="key security">security fixes</span>
      <span class="key extended">longer support, by others or for money</span>
      <span>faded: its beginning is not told</span>
      <span class="key now" hidden>today, <time></time></span>
    </p>
    <svg class="defs" width="0" height="0" aria-hidden="true">
      <linearGradient id="open">
        <stop offset="0" stop-opacity="0.15" />
        <stop offset="0.25" stop-opacity="1" />
      </linearGradient>
    </svg>
    <div class="lines">
      <div class="line axis" aria-hidden="true">
        <svg class="bar" width="100%" height="18">
          ${axis.years().map((year) => html`<text x="${axis.at(`${year}-01-01`)}%" y="13" class="${year % 2 === 0 ? 'even' : 'odd'}">${year}</text>`)}
        </svg>
      </div>
      ${groups.map(
        ({ title, lines }) =>
          html`<h3>${title}</h3>
            <ul>
              ${lines.map((line) => renderLine(line, axis))}
            </ul> `,
      )}
    </div>
  </section>`;
}

function renderLine({ name, images, spans }: Line, axis: Axis): Html {
  const bars = spans.map(({ kind, from, to }) => {
    const start = axis.at(from ?? `${axis.first}-01-01`);
    const width = Math.max(0, round(axis.at(to) - start));
    return html`<rect
      class="${kind}${from === undefined ? ' open' : ''}"
      x="${start}%"
      y="5"
      width="${width}%"
      height="12"
      rx="3"
    />`;
  });
  const ticks = axis.years().map((year) => {
    const x = axis.at(`${year}-01-01`);
    return html`<line class="tick" x1="${x}%" x2="${x}%" y1="0" y2="22" />`;
  });
  const last = [...spans].reverse().find(({ kind }) => kind !== 'extended')!.to;
  return html`<li class="line" data-end="${last}">
    <div class="what"><strong>${name}</strong> <small>${count(images, 'image')}</small></div>
    <p class="dates">
      ${spans.map(({ kind, to }, index) => html`${WORDS[kind]} <time datetime="${to}">${to}</time>${index < spans.length - 1 ? ';' : undefined}`)}
    </p>
    <svg class="bar" width="100%" height="22" aria-hidden="true">${ticks}${bars}</svg>
  </li> `;
}

/** Whole years, as places from 0 to 100. */
class Axis {
  constructor(
    readonly first: number,
    readonly last: number,
  ) {}

  at(date: string): number {
    const start = Date.UTC(this.first, 0, 1);
    const part = (Date.parse(date) - start) / (Date.UTC(this.last, 0, 1) - start);
    return round(100 * Math.min(1, Math.max(0, part)));
  }

  years(): number[] {
    return Array.from({ length: this.last - this.first - 1 }, (_, index) => this.first + 1 + index);
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function phpLines({ images, lifecycles }: PageContent): Line[] {
  const versions = [...new Set(images.map(({ image }) => image.php.version))].sort((a, b) => byVersion(b, a));
  return versions.flatMap((version) => {
    const own = images.filter(({ image }) => image.php.version === version);
    const life = lifecycles.get(version);
    const end = own[0]!.image.php.endOfLife;
    const spans: Span[] = life
      ? [
          { kind: 'active', from: life.released, to: life.activeSupportEnd },
          { kind: 'security', from: life.activeSupportEnd, to: life.securitySupportEnd },
        ]
      : end === undefined
        ? []
        : [{ kind: 'security', to: end }];
    return spans.length === 0 ? [] : [{ name: `PHP ${version}`, images: own.length, spans }];
  });
}

function platformLines({ images }: PageContent): Line[] {
  const lines = new Map<string, Line>();
  for (const { image } of images) {
    const { name, release, endOfLife, extendedSupport } = image.platform;
    const title = `${name} ${release}`;
    const regular: Span = { kind: 'regular', to: endOfLife };
    const spans: Span[] = extendedSupport
      ? [regular, { kind: 'extended', from: endOfLife, to: extendedSupport }]
      : [regular];
    lines.set(title, { name: title, spans, images: (lines.get(title)?.images ?? 0) + 1 });
  }
  return [...lines.values()].sort((a, b) => byCodePoint(b.spans[0]!.to, a.spans[0]!.to) || byCodePoint(a.name, b.name));
}
