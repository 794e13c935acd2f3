import { definePermissions } from '@millwright/kernel';

definePermissions({
  'manuvision.dataset.read': ['engineer', 'operator', 'viewer', 'auditor'],
  'manuvision.dataset.write': ['engineer'],
  'manuvision.inspection.read': ['engineer', 'operator', 'viewer', 'auditor'],
  'manuvision.inspection.write': ['engineer'],
  'manuvision.station.read': ['engineer', 'operator', 'viewer', 'auditor'],
  'manuvision.station.write': ['engineer'],
  // A station sends pictures with a token of an operator.
  'manuvision.verdict.create': ['engineer', 'operator'],
  // Out of the fail-safe state: whoever stands at the line and sees that it may go on.
  'manuvision.line.reset': ['engineer', 'operator'],
  'manuvision.verdict.review': ['engineer', 'operator'],
});
