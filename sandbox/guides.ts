import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OwnPage } from 'local-forge';
import { html, type Html } from 'local-forge/html';

const raw = (markup: string): Html => ({ markup });

/** The documents of the project by address, `/docs/guides/errors.md`, as pages, with their pictures and style. Undefined for any other address. */
export function readGuide(root: string, pathname: string): ReturnType<OwnPage> {
  if (pathname === '/guides.css')
    return { content: readFileSync(join(root, 'sandbox/guides.css')), contentType: 'text/css; charset=utf-8' };
  if (!/^\/docs(\/[\w-]+)+\.(md|png)$/.test(pathname)) return undefined;
  const file = join(root, pathname);
  if (!existsSync(file)) return undefined;
  if (file.endsWith('.png')) return { content: readFileSync(file), contentType: 'image/png' };
  const markdown = readFileSync(file, 'utf8');
  const title = /^# (.+)$/m.exec(markdown)?.[1] ?? pathname;
  return {
    title,
    body: html`<link rel="stylesheet" href="/guides.css" />
      <article class="guide">${raw(toHtml(markdown))}</article>`,
  };
}

/** The Markdown our documents are written in: headings, paragraphs, lists, tables, code, links, pictures. No more. */
function toHtml(markdown: string): string {
  return markdown
    .split(/^(```[^]*?^```)$/m)
    .map((part) =>
      part.startsWith('```')
        ? codeBlock(part)
        : part
            .split(/\n{2,}/)
            .map(block)
            .join('\n'),
    )
    .join('\n');
}

function codeBlock(fenced: string): string {
  return html`<pre><code>${fenced.replace(/^```.*\n/, '').replace(/```$/, '')}</code></pre>`.markup;
}

function block(text: string): string {
  const lines = text.trim().split('\n');
  const [first = ''] = lines;
  const heading = /^(#{1,6}) (.+)$/.exec(first);
  if (heading) {
    const [, marks = '', words = ''] = heading;
    const rest = lines.slice(1).join('\n');
    return `<h${marks.length} id="${slug(words)}">${inline(words)}</h${marks.length}>${rest === '' ? '' : block(rest)}`;
  }
  if (first.startsWith('|')) return table(lines);
  if (/^(- |\d+\. )/.test(first)) {
    const items = lines.join('\n').split(/\n(?=- |\d+\. )/);
    const list = first.startsWith('-') ? 'ul' : 'ol';
    return `<${list}>${items.map((item) => `<li>${inline(item.replace(/^(- |\d+\. )/, ''))}</li>`).join('')}</${list}>`;
  }
  return text.trim() === '' ? '' : `<p>${inline(text)}</p>`;
}

function table([head = '', , ...rows]: readonly string[]): string {
  const line = (row: string, cell: 'th' | 'td') => {
    const cells = row.split(/(?<!\\)\|/).slice(1, -1);
    return `<tr>${cells.map((text) => `<${cell}>${inline(text.trim())}</${cell}>`).join('')}</tr>`;
  };
  return `<table><thead>${line(head, 'th')}</thead><tbody>${rows.map((row) => line(row, 'td')).join('')}</tbody></table>`;
}

/** Escapes the text, then renders the Markdown that our documents use inside a line. */
function inline(text: string): string {
  return html`${text}`.markup
    .replaceAll(/&lt;a id=&quot;(\w+)&quot;&gt;&lt;\/a&gt;/g, '<a id="$1"></a>')
    .replaceAll('&lt;br&gt;', '<br>')
    .replaceAll(/`([^`]+)`/g, '<code>$1</code>')
    .replaceAll(/!\[([^\]]*)\]\(([^)\s]+)\)/g, '<img src="$2" alt="$1">')
    .replaceAll(/\[([^\]]+)\]\(([^)\s]+)\)/g, '<a href="$2">$1</a>')
    .replaceAll(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replaceAll(/\*([^*\s][^*]*)\*/g, '<em>$1</em>');
}

/** The anchor that GitHub gives a heading. */
function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
    .trim()
    .replaceAll(' ', '-');
}
