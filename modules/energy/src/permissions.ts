import { definePermissions } from '@millwright/kernel';

definePermissions({
  'energy.report.read': ['engineer', 'operator', 'viewer', 'auditor'],
  'energy.tariff.read': ['engineer', 'operator', 'viewer', 'auditor'],
  'energy.tariff.write': ['engineer'],
  'energy.measure.read': ['engineer', 'operator', 'viewer', 'auditor'],
  'energy.measure.write': ['engineer'],
});
