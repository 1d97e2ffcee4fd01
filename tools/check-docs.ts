/**
 * Checks that everything named in the documents exists: relative links and their anchors, images, files named in them and in comments, and
 * npm scripts. The exports of `src/` need a docstring. It runs offline and ignores addresses on the web.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { forbiddenWords, wordsAgainst, wordsIn } from './house-words.ts';
import { testNames } from './test-names.ts';
import { trackedFiles } from './tracked-files.ts';

const root = join(import.meta.dirname, '..');
const rooms = 'src|static|sandbox|rig|test|tools|bench|docs|locales';
const tracked = trackedFiles(root);
const scripts = Object.keys(
  (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }).scripts,
);
const text = (file: string): string => readFileSync(join(root, file), 'utf8');
const withoutCode = (markdown: string): string => markdown.replaceAll(/```[^]*?```/g, '').replaceAll(/`[^`\n]*`/g, '');

/** The anchors GitHub gives the headings of a document. */
function anchorsOf(markdown: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of markdown.replaceAll(/```[^]*?```/g, '').matchAll(/^#{1,6} +(.+)$/gm)) {
    const plain = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const slug = plain
      .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
      .trim()
      .replaceAll(' ', '-');
    let free = slug;
    for (let n = 1; anchors.has(free); n++) free = `${slug}-${n}`;
    anchors.add(free);
  }
  for (const [, id = ''] of markdown.matchAll(/<a (?:id|name)="([^"]+)"/g)) anchors.add(id);
  return anchors;
}

function brokenLinks(file: string): string[] {
  return [...withoutCode(text(file)).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = '']) => {
    if (/^[a-z]+:/i.test(target)) return [];
    const [path = '', anchor] = target.split('#');
    const linked = path === '' ? file : relative(root, join(root, dirname(file), path));
    if (!existsSync(join(root, linked))) return [`${file} links to ${target}, which is not there`];
    if (anchor === undefined || !linked.endsWith('.md') || anchorsOf(text(linked)).has(anchor)) return [];
    return [`${file} links to ${target}, and ${linked} has no such heading`];
  });
}

/** A path can name a folder, a file, or a file without its ending. Built files are not checked. */
function exists(path: string): boolean {
  if (path.startsWith('static/dist')) return true;
  return ['', '.ts', '.tsx'].some((ending) => existsSync(join(root, path + ending)));
}

function missingFiles(file: string): string[] {
  const named = text(file).matchAll(
    new RegExp(`(?<![\\w./@-])(?:${rooms})/[\\w./-]*[\\w-](?![\\w*{<…[$(-]|/[*{<…[$])`, 'g'),
  );
  return [...new Set([...named].map(([path]) => path))]
    .filter((path) => !exists(path))
    .map((path) => `${file} names ${path}, which is not there`);
}

function missingScripts(file: string): string[] {
  return [...text(file).matchAll(/npm run ([\w:-]+)/g)].flatMap(([, script = '']) =>
    scripts.includes(script) ? [] : [`${file} names npm run ${script}, which is not there`],
  );
}

/** The port documents an adapter's exports with the names of the port. */
const port = new Set(
  ['src/providers/provider.ts', 'src/providers/links.ts'].flatMap((file) =>
    [...text(file).matchAll(/^ {2}(\w+)\??\(/gm)].map(([, name = '']) => name),
  ),
);

/** Exported functions without a docstring. */
function undocumented(file: string): string[] {
  const exported = text(file).matchAll(
    /(\*\/\n)?^export (?:async )?(?:function (\w+)|const (\w+)(?:: [^=]+)? = (?:async )?[(<])/gm,
  );
  return [...exported].flatMap(([, comment, declared, assigned]) => {
    const name = declared ?? assigned ?? '';
    const isOfPort = /^src\/providers\/[^/]+\//.test(file) && port.has(name);
    return comment !== undefined || isOfPort ? [] : [`${file} exports ${name}, and nothing says what it promises`];
  });
}

const documents = tracked.filter((file) => file.endsWith('.md'));
const sources = tracked.filter((file) =>
  /^(src|static|sandbox|packages|bench|tools)\/.*\.(ts|tsx|mts|mjs|cjs)$/.test(file),
);
const tests = tracked.filter((file) => /^(rig|test)\/.*\.ts$/.test(file));
const forbidden = forbiddenWords(text('docs/words.md'));
/** Not checked: old entries of the changelog, and quotations of other documents in the requirements. */
const worded = [
  ...documents.filter((file) => !/^(CHANGELOG|docs\/(words|requirements|licences|guides\/errors))\.md$/.test(file)),
  ...sources,
  ...tests,
];
/** The names of tests are prose as well. */
const titles = (file: string): string[] =>
  testNames(join(root, file)).flatMap(({ titles: names }) => wordsIn(names.at(-1) ?? '', file, forbidden));
const problems = [
  ...worded.flatMap((file) => wordsAgainst(file, text(file), forbidden)),
  ...tests.flatMap(titles),
  ...documents.flatMap((file) => [...brokenLinks(file), ...missingFiles(file), ...missingScripts(file)]),
  ...sources.filter((file) => file.startsWith('src/')).flatMap(undocumented),
  ...[...sources, 'manifest.yml', 'eslint.config.mjs'].flatMap((file) => missingFiles(file)),
];
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
else console.log(`${documents.length} documents say nothing that is not there.`);
