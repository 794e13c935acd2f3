/** What an export tells of itself, in the folder or ZIP beside what it wrote. */
export const exportReport = 'millwright-export.json';
