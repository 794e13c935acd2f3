import { definePermissions } from '@millwright/kernel';

definePermissions({
  'cloud.plant.read': ['engineer', 'operator', 'viewer', 'auditor'],
  'cloud.plant.write': ['engineer'],
  'cloud.source.write': ['engineer'],
  'cloud.data.read': ['engineer', 'operator', 'viewer', 'auditor'],
  'cloud.data.import': ['engineer', 'operator'],
  'cloud.data.push': ['engineer', 'operator'],
  'cloud.client.manage': ['engineer'],
});
