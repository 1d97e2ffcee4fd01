import { usableTemplates } from '../../src/providers/request-template';

const bug = { name: 'bug', text: 'Broken' };
const usual = { name: 'usual', text: 'Why', isDefault: true as const };

describe('Templates as pages get them', () => {
  it('begin with the one the service begins with, whatever order they came in', () => {
    expect(usableTemplates([bug, usual])).toEqual([usual, bug]);
  });

  it('are none that is blank, none that no description could hold, and no name twice', () => {
    const odd = [
      { name: 'blank', text: ' \n' },
      { name: 'endless', text: 'x'.repeat(65_537) },
      { name: 'bug', text: 'Another' },
    ];
    expect(usableTemplates([usual, bug, ...odd])).toEqual([usual, bug]);
  });

  it('are as many as somebody would look through', () => {
    const many = Array.from({ length: 50 }, (_, at) => ({ name: `${at}`, text: 'x' }));
    expect(usableTemplates(many).map(({ name }) => name)).toEqual(many.slice(0, 20).map(({ name }) => name));
  });
});
