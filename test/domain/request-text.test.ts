import { cutTo } from '../../src/domain/cut-text';
import { editions } from '../../src/domain/editions';
import {
  descriptionRoom,
  lengthOf,
  linkTo,
  sentTitle,
  titleRoom,
  tooLong,
  withLink,
} from '../../src/domain/request-text';

const of = (edition: keyof typeof editions) => editions[edition].capabilities;
const link = linkTo('DEMO-1', 'https://acme.atlassian.net');
const request = (title: string, description = '', draft = false) => ({ title, description, draft });

describe('The texts of a pull request', () => {
  it.each([
    ['github.com', 256, 65_536],
    ['gitlab.com', 255, 150_000],
    ['azure-devops', 400, 4_000],
    ['tfs-2018', 400, 4_000],
    ['codecommit', 150, 10_240],
  ] as const)('are too long for %s beyond %i and %i characters', (edition, title, description) => {
    expect(tooLong(request('x'.repeat(title), 'x'.repeat(description)), of(edition))).toBeUndefined();
    expect(tooLong(request('x'.repeat(title + 1)), of(edition))).toEqual({ field: 'title', limit: title });
    const long = { field: 'description', limit: description };
    expect(tooLong(request('x', 'x'.repeat(description + 1)), of(edition))).toEqual(long);
  });

  it('are counted as the service counts: an emoji is one character, and two at Azure DevOps', () => {
    expect(tooLong(request('😀'.repeat(256)), of('github.com'))).toBeUndefined();
    expect(tooLong(request('😀'.repeat(257)), of('github.com'))).toEqual({ field: 'title', limit: 256 });
    expect(tooLong(request('😀'.repeat(201)), of('azure-devops'))).toEqual({ field: 'title', limit: 400 });
    expect(lengthOf('😀', of('azure-devops'))).toBe(2);
  });

  it('of a draft begin with a word that counts, where the title makes it one', () => {
    expect(sentTitle({ title: 'Login', draft: true }, of('gitlab.com'))).toBe('Draft: Login');
    expect(sentTitle({ title: '[Draft] Login', draft: true }, of('gitlab.com'))).toBe('[Draft] Login');
    expect(sentTitle({ title: 'Login', draft: true }, of('github.com'))).toBe('Login');
    expect(titleRoom({ title: 'Login', draft: true }, of('gitlab.com'))).toBe(248);
    expect(titleRoom({ title: 'draft: Login', draft: true }, of('gitlab.com'))).toBe(255);
    expect(tooLong(request('x'.repeat(249), '', true), of('gitlab.com'))).toEqual({ field: 'title', limit: 255 });
    expect(tooLong(request('x'.repeat(249), '', true), of('github.com'))).toBeUndefined();
  });

  it('leave room for the link to the issue', () => {
    const room = descriptionRoom(link, of('azure-devops'));
    expect(withLink('x'.repeat(room), link)).toHaveLength(4_000);
    expect(withLink(' ', link)).toBe(link);
    expect(linkTo('DEMO-1', undefined)).toBe('DEMO-1 · created with Undersigned for Jira');
  });
});

describe('A text that is cut', () => {
  it('shows it, and is whole when it fits', () => {
    expect(cutTo('one-by', 6)).toBe('one-by');
    expect(cutTo('one-by-one', 6)).toBe('one-b…');
    expect(cutTo('one  two', 6)).toBe('one…');
  });

  it('ends at a character a reader sees', () => {
    const family = '👨‍👩‍👧';
    expect(cutTo(`ab${family}c`, 9)).toBe('ab…');
    expect(cutTo(`ab${family}cd`, 11)).toBe(`ab${family}…`);
    for (let longest = 1; longest < 30; longest += 1)
      expect(cutTo('😀é한🇩🇪x'.repeat(5), longest).isWellFormed()).toBe(true);
  });
});
