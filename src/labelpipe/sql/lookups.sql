-- Labels by what people have at hand: a name, a code, part of an id.

CREATE MACRO is_called(name_stated, name_asked) AS
    lower(strip_accents(name_stated)) = lower(strip_accents(name_asked))
    OR starts_with(lower(strip_accents(name_stated)), lower(strip_accents(name_asked)) || ' ');
COMMENT ON MACRO is_called IS 'is_called(stated, asked): whether a name is the one asked for, or begins with it: Losartan Potassium is called losartan';

CREATE MACRO find_label(doc) AS TABLE
SELECT d.*
FROM documents AS d
WHERE d.doc_id = doc OR d.source_path = doc OR d.label_id = doc OR is_called(d.brand_name, doc)
    OR (length(doc) >= 4 AND starts_with(d.doc_id, doc))
ORDER BY d.source_path;
COMMENT ON MACRO TABLE find_label IS 'find_label(doc): documents by doc_id (or how it begins), source path, label_id or brand name';

CREATE MACRO find_brand(brand) AS TABLE
SELECT d.* FROM documents AS d
WHERE d.doc_id IN (SELECT n.doc_id FROM drug_names AS n WHERE n.name_kind = 'brand' AND is_called(n.name, brand))
ORDER BY d.source_path;
COMMENT ON MACRO TABLE find_brand IS 'find_brand(''Gablofen''): documents whose brand is called that; case and accents do not matter';

CREATE MACRO find_ingredient(ingredient) AS TABLE
SELECT d.* FROM documents AS d
WHERE d.doc_id IN (SELECT n.doc_id FROM drug_names AS n WHERE n.name_kind = 'ingredient' AND is_called(n.name, ingredient))
ORDER BY d.source_path;
COMMENT ON MACRO TABLE find_ingredient IS 'find_ingredient(''losartan''): documents with that active ingredient, its salts too';

CREATE MACRO label(doc) AS TABLE
SELECT s.doc_id, d.source_path, s.section_no, s.depth, s.section, s.title, s.text, s.section_method, s.section_confidence
FROM sections AS s
JOIN find_label(doc) AS d USING (doc_id)
ORDER BY d.source_path, s.section_no;
COMMENT ON MACRO TABLE label IS 'label(doc): a label''s sections in their order; doc is a doc_id, a source path, a label_id or a brand name';

CREATE MACRO section_of(drug, section_slug) AS TABLE
SELECT s.doc_id, d.source_path, d.brand_name, s.section_no, s.title, s.text, s.section_method, s.section_confidence
FROM sections AS s
JOIN documents AS d USING (doc_id)
WHERE s.section = section_slug AND d.doc_id IN (SELECT n.doc_id FROM drug_names AS n WHERE is_called(n.name, drug))
ORDER BY d.source_path, s.section_no;
COMMENT ON MACRO TABLE section_of IS
    'section_of(''losartan'', ''storage_and_handling''): a section of every label whose brand, generic or ingredient is called that';

CREATE MACRO ndc_digits(code) AS regexp_replace(upper(code), '^\s*NDC|[^0-9A-Z]', '', 'g');
COMMENT ON MACRO ndc_digits IS 'ndc_digits(code): an NDC without hyphens and blanks';

CREATE MACRO ndc_key(labeler, product, package) AS
    lpad(labeler, 6, '0') || lpad(product, 4, '0') || lpad(package, 2, '0');
COMMENT ON MACRO ndc_key IS 'ndc_key(labeler, product, package): the segments filled up to 6, 4 and 2 digits, one code for every layout';

CREATE MACRO ndc_segments(code) AS string_split(regexp_replace(upper(code), '^\s*NDC|[^0-9A-Z-]', '', 'g'), '-');
COMMENT ON MACRO ndc_segments IS 'ndc_segments(code): the parts between the hyphens';

CREATE MACRO ndc_keys(code) AS
    CASE
        WHEN len(ndc_segments(code)) = 3
            THEN [ndc_key(ndc_segments(code)[1], ndc_segments(code)[2], ndc_segments(code)[3])]
        WHEN len(ndc_segments(code)) = 2 THEN [ndc_key(ndc_segments(code)[1], ndc_segments(code)[2], '')[:10]]
        WHEN length(ndc_digits(code)) = 12 THEN [ndc_digits(code)]
        WHEN length(ndc_digits(code)) = 11 THEN ['0' || ndc_digits(code)]
        WHEN length(ndc_digits(code)) = 10 THEN [
            ndc_key(ndc_digits(code)[1:4], ndc_digits(code)[5:8], ndc_digits(code)[9:10]),
            ndc_key(ndc_digits(code)[1:5], ndc_digits(code)[6:8], ndc_digits(code)[9:10]),
            ndc_key(ndc_digits(code)[1:5], ndc_digits(code)[6:9], ndc_digits(code)[10:10])
        ]
        WHEN length(ndc_digits(code)) = 9 THEN [ndc_key(ndc_digits(code)[1:5], ndc_digits(code)[6:9], '')[:10]]
        WHEN length(ndc_digits(code)) = 8 THEN [
            ndc_key(ndc_digits(code)[1:4], ndc_digits(code)[5:8], '')[:10],
            ndc_key(ndc_digits(code)[1:5], ndc_digits(code)[6:8], '')[:10]
        ]
        ELSE []
    END;
COMMENT ON MACRO ndc_keys IS
    'ndc_keys(code): what an NDC can be in 6-4-2 digits (6-4 for a product code); several where hyphens are missing';

CREATE MACRO find_ndc(code) AS TABLE
SELECT
    CASE WHEN p.package_key IS NOT NULL AND list_contains(ndc_keys(code), p.product_key || p.package_key)
        THEN 'package' ELSE 'product' END AS matched,
    p.*
FROM products_by_ndc AS p
JOIN (SELECT DISTINCT left(unnest(ndc_keys(code)), 10) AS product_key) AS asked USING (product_key)
ORDER BY matched, p.product_key, p.package_key, p.source_path, p.product_no;
COMMENT ON MACRO TABLE find_ndc IS
    'find_ndc(code): products by NDC in any form: 10 digits, 11, 12, product code, with and without hyphens; matched says how far';
