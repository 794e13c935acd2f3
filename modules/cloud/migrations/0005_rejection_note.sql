-- A reason is said in the reader's language by its code and values; `reason` stays its English.
alter table cloud_rejection add column note jsonb;
