-- Products, and their codes in every layout.

CREATE VIEW products_by_ndc AS
SELECT
    p.ndc, p.ndc11, p.ndc12,
    lpad(p.ndc_labeler, 6, '0') || lpad(p.ndc_product, 4, '0') AS product_key,
    lpad(p.ndc_package, 2, '0') AS package_key,
    d.doc_id, p.product_no, coalesce(p.name, d.brand_name) AS name, d.generic_name, p.strength_text, p.dosage_form,
    p.route, d.labeler, d.source_path
FROM products AS p
JOIN documents AS d USING (doc_id)
WHERE p.ndc_labeler IS NOT NULL AND p.ndc_product IS NOT NULL
ORDER BY product_key, package_key, d.source_path, p.product_no;
COMMENT ON VIEW products_by_ndc IS 'Which product has this NDC? find_ndc() looks it up in whatever form the code is written';
COMMENT ON COLUMN products_by_ndc.product_key IS 'Labeler and product segment, filled up to 6 and 4 digits: the same for every layout';
COMMENT ON COLUMN products_by_ndc.package_key IS 'Package segment, filled up to 2 digits; NULL where only a product code is printed';
COMMENT ON COLUMN products_by_ndc.name IS 'The product''s own name, else the label''s brand name';
