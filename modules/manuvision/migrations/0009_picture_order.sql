-- Pictures are listed as people count: part-2 before part-10. Each number in the name is written with as many digits, zeros before it.
alter table manuvision_picture add column name_order text generated always as (
  regexp_replace(regexp_replace(lower(file_name), '\d+', '000000000000000000000000\&', 'g'), '\d*(\d{24})', '\1', 'g')
) stored;
