import { takenOver } from '../../static/manage-repositories/taken-over';

describe('A form that another admin has overtaken', () => {
  type Form = { name: string; days?: number; projects: 'all' | string[] };
  const before: Form = { name: 'one', days: 30, projects: ['A'] };

  it('keeps what was typed and shows what is stored in every other field', () => {
    const stored: Form = { name: 'two', days: 7, projects: 'all' };
    expect(takenOver(before, stored, { ...before, name: 'mine' })).toEqual({ name: 'mine', days: 7, projects: 'all' });
    expect(takenOver(before, stored, before)).toEqual(stored);
    expect(takenOver(before, stored, { ...before, projects: ['A', 'B'] })).toEqual({ ...stored, projects: ['A', 'B'] });
  });

  it('keeps that a field was emptied, and that another admin has emptied one', () => {
    const without: Form = { name: 'one', projects: ['A'] };
    expect(takenOver(before, { ...before, days: 7 }, without)).toEqual(without);
    expect(takenOver(before, without, { ...before, name: 'mine' })).toEqual({ ...without, name: 'mine' });
  });
});
