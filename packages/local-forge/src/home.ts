/** The folder of this package's code. */
export const home: string = import.meta.dirname;
