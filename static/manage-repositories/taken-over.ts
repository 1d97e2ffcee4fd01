/** Input does not change; every other field is as it is stored now. `before`: as the form was opened with. */
export function takenOver<Draft extends object>(before: Draft, stored: Draft, typed: Draft): Draft {
  const fields = Object.keys({ ...before, ...stored, ...typed }) as (keyof Draft)[];
  const isTouched = (field: keyof Draft) => JSON.stringify(typed[field]) !== JSON.stringify(before[field]);
  const values = fields.map((field) => [field, (isTouched(field) ? typed : stored)[field]] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined)) as Draft;
}
