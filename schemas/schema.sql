-- generated from the pandera models in src/labelpipe/contract by `labelpipe schemas`; do not edit. Schema version 1.1.0.
-- This data describes what drug labels say. It is not medical advice: ask a doctor or a pharmacist.

CREATE TABLE documents (
    doc_id VARCHAR NOT NULL,
    label_id VARCHAR NOT NULL,
    source_path VARCHAR NOT NULL,
    source_format VARCHAR NOT NULL,
    source_sha256 VARCHAR NOT NULL,
    source_bytes BIGINT NOT NULL,
    source_tier VARCHAR NOT NULL,
    brand_name VARCHAR,
    generic_name VARCHAR,
    active_ingredients VARCHAR[] NOT NULL,
    pharm_class VARCHAR,
    pharm_class_type VARCHAR,
    labeler VARCHAR,
    document_type VARCHAR,
    set_id VARCHAR,
    label_version VARCHAR,
    effective_date DATE,
    declared_products INTEGER,
    language VARCHAR,
    parser_version VARCHAR NOT NULL
);
COMMENT ON TABLE documents IS 'One label as it was given: a file, a member of a zip, or one record of a JSON file that holds many.';
COMMENT ON COLUMN documents.doc_id IS 'The document: first 16 hex digits of the SHA-256 of its bytes';
COMMENT ON COLUMN documents.label_id IS 'The label across its versions: SPL set id, openFDA set_id, else the file''s stem';
COMMENT ON COLUMN documents.source_path IS 'Where it was, relative to the folder that was built';
COMMENT ON COLUMN documents.source_format IS 'What it was read as';
COMMENT ON COLUMN documents.source_sha256 IS 'SHA-256 of the document''s bytes';
COMMENT ON COLUMN documents.source_bytes IS 'Size of the document in bytes';
COMMENT ON COLUMN documents.source_tier IS 'Who vouches for the words: regulator (SPL, openFDA) or secondary (everything else)';
COMMENT ON COLUMN documents.brand_name IS 'Brand name, as the header states it';
COMMENT ON COLUMN documents.generic_name IS 'Generic name, as the header states it';
COMMENT ON COLUMN documents.active_ingredients IS 'Active ingredients, as the header states them; empty where it does not';
COMMENT ON COLUMN documents.pharm_class IS 'Pharmacologic class, as the header states it, less the type in brackets';
COMMENT ON COLUMN documents.pharm_class_type IS 'Kind of class: EPC, MoA, PE, CS';
COMMENT ON COLUMN documents.labeler IS 'Labeler, as the header states it';
COMMENT ON COLUMN documents.document_type IS 'Kind of label, as an SPL document or an openFDA record states it';
COMMENT ON COLUMN documents.set_id IS 'SPL set id';
COMMENT ON COLUMN documents.label_version IS 'Version of the label, where it has one';
COMMENT ON COLUMN documents.effective_date IS 'Date the label took effect';
COMMENT ON COLUMN documents.declared_products IS 'How many products the page says there are';
COMMENT ON COLUMN documents.language IS 'Language of the text (ISO 639-1); NULL where there are too few words to tell';
COMMENT ON COLUMN documents.parser_version IS 'Version of labelpipe that parsed it, with a hash of the code, words and models that its format depends on';

CREATE TABLE texts (
    doc_id VARCHAR NOT NULL,
    text VARCHAR NOT NULL
);
COMMENT ON TABLE texts IS 'The document''s words, as every offset counts them (code points).';
COMMENT ON COLUMN texts.doc_id IS 'The document: first 16 hex digits of the SHA-256 of its bytes';
COMMENT ON COLUMN texts.text IS 'For text input the decoded file as it is; for other formats the blocks'' words in order';

CREATE TABLE blocks (
    doc_id VARCHAR NOT NULL,
    block_no INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    char_start INTEGER NOT NULL,
    char_end INTEGER NOT NULL,
    locator VARCHAR NOT NULL,
    field VARCHAR,
    section VARCHAR,
    section_candidate VARCHAR,
    section_method VARCHAR NOT NULL,
    section_confidence DOUBLE,
    section_evidence VARCHAR,
    population VARCHAR,
    topic VARCHAR
);
COMMENT ON TABLE blocks IS 'The source, cut up: every non-space character of it is in exactly one block.';
COMMENT ON COLUMN blocks.doc_id IS 'The document: first 16 hex digits of the SHA-256 of its bytes';
COMMENT ON COLUMN blocks.block_no IS 'Block within the document (from 1)';
COMMENT ON COLUMN blocks.kind IS 'What it is';
COMMENT ON COLUMN blocks.text IS 'The block''s words, markers included';
COMMENT ON COLUMN blocks.char_start IS 'First code point in texts.text';
COMMENT ON COLUMN blocks.char_end IS 'One past the last code point in texts.text';
COMMENT ON COLUMN blocks.locator IS 'Where it is in the original: `line N`, an XPath, a JSON pointer';
COMMENT ON COLUMN blocks.field IS 'The header field that a field_label or field_value belongs to';
COMMENT ON COLUMN blocks.section IS 'Section slug, or NULL where the pipeline abstains';
COMMENT ON COLUMN blocks.section_candidate IS 'The best guess, even where the pipeline abstains';
COMMENT ON COLUMN blocks.section_method IS 'stated: a heading or code says so; inferred; none';
COMMENT ON COLUMN blocks.section_confidence IS 'Probability that the candidate is right (0 to 1)';
COMMENT ON COLUMN blocks.section_evidence IS 'The words or the rule that decided the section';
COMMENT ON COLUMN blocks.population IS 'Whom the block is about, where its words say so';
COMMENT ON COLUMN blocks.topic IS 'What it is about within its section, where its words say so';

CREATE TABLE sections (
    doc_id VARCHAR NOT NULL,
    section_no INTEGER NOT NULL,
    parent_no INTEGER,
    depth INTEGER NOT NULL,
    section VARCHAR,
    loinc VARCHAR,
    title VARCHAR,
    text VARCHAR NOT NULL,
    block_nos INTEGER[] NOT NULL,
    section_method VARCHAR NOT NULL,
    section_confidence DOUBLE
);
COMMENT ON TABLE sections IS 'The outline. Without headings, the blocks of one section are one row, however far apart they stand.';
COMMENT ON COLUMN sections.doc_id IS 'The document: first 16 hex digits of the SHA-256 of its bytes';
COMMENT ON COLUMN sections.section_no IS 'Section within the document (from 1)';
COMMENT ON COLUMN sections.parent_no IS 'The section this one belongs under';
COMMENT ON COLUMN sections.depth IS 'Level in the outline (from 1)';
COMMENT ON COLUMN sections.section IS 'Section slug; NULL where neither code, title nor words tell it';
COMMENT ON COLUMN sections.loinc IS 'LOINC code of the SPL section: the source''s own, else that of the slug';
COMMENT ON COLUMN sections.title IS 'The heading as the source states it; NULL where it was lost';
COMMENT ON COLUMN sections.text IS 'The words of its blocks, a newline between blocks';
COMMENT ON COLUMN sections.block_nos IS 'Its blocks, in document order';
COMMENT ON COLUMN sections.section_method IS 'stated: a heading or code says so; inferred';
COMMENT ON COLUMN sections.section_confidence IS 'Mean probability that its blocks belong here (0 to 1)';

CREATE TABLE tables (
    doc_id VARCHAR NOT NULL,
    table_no INTEGER NOT NULL,
    section VARCHAR,
    caption VARCHAR,
    n_rows INTEGER NOT NULL,
    n_columns INTEGER NOT NULL,
    n_header_rows INTEGER NOT NULL
);
COMMENT ON TABLE tables IS 'A table''s shape; its cells are in table_cells.';
COMMENT ON COLUMN tables.doc_id IS 'The document: first 16 hex digits of the SHA-256 of its bytes';
COMMENT ON COLUMN tables.table_no IS 'Table within the document (from 1)';
COMMENT ON COLUMN tables.section IS 'Section slug the table stands in';
COMMENT ON COLUMN tables.caption IS 'The caption, where it has one';
COMMENT ON COLUMN tables.n_rows IS 'Rows, header rows included';
COMMENT ON COLUMN tables.n_columns IS 'Columns of the logical grid';
COMMENT ON COLUMN tables.n_header_rows IS 'Leading rows that are headers';

CREATE TABLE table_cells (
    doc_id VARCHAR NOT NULL,
    table_no INTEGER NOT NULL,
    row_no INTEGER NOT NULL,
    column_no INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    block_no INTEGER NOT NULL,
    is_header BOOLEAN NOT NULL,
    header_path VARCHAR[] NOT NULL,
    row_span INTEGER NOT NULL,
    column_span INTEGER NOT NULL,
    footnotes VARCHAR[] NOT NULL
);
COMMENT ON TABLE table_cells IS 'One row for each cell as printed, at its place in the logical grid.';
COMMENT ON COLUMN table_cells.doc_id IS 'The document: first 16 hex digits of the SHA-256 of its bytes';
COMMENT ON COLUMN table_cells.table_no IS 'Table within the document (from 1)';
COMMENT ON COLUMN table_cells.row_no IS 'Row within the table (from 1)';
COMMENT ON COLUMN table_cells.column_no IS 'Column within the table (from 1)';
COMMENT ON COLUMN table_cells.text IS 'The cell''s words; empty for an empty cell';
COMMENT ON COLUMN table_cells.block_no IS 'The block the cell was read from (from 1)';
COMMENT ON COLUMN table_cells.is_header IS 'Whether it is a header cell';
COMMENT ON COLUMN table_cells.header_path IS 'The headers above it, outermost first';
COMMENT ON COLUMN table_cells.row_span IS 'Rows it covers';
COMMENT ON COLUMN table_cells.column_span IS 'Columns it covers';
COMMENT ON COLUMN table_cells.footnotes IS 'Footnotes its marks point at';

CREATE TABLE faqs (
    doc_id VARCHAR NOT NULL,
    faq_no INTEGER NOT NULL,
    question VARCHAR,
    inferred_question VARCHAR,
    question_method VARCHAR NOT NULL,
    intent VARCHAR NOT NULL,
    intent_confidence DOUBLE,
    answer VARCHAR NOT NULL,
    block_no INTEGER NOT NULL,
    char_start INTEGER NOT NULL,
    char_end INTEGER NOT NULL,
    section VARCHAR
);
COMMENT ON TABLE faqs IS 'An answer with its question: the source''s, or one inferred and marked so.';
COMMENT ON COLUMN faqs.doc_id IS 'The document: first 16 hex digits of the SHA-256 of its bytes';
COMMENT ON COLUMN faqs.faq_no IS 'FAQ pair within the document (from 1)';
COMMENT ON COLUMN faqs.question IS 'The question in the words of the source; NULL where it was lost';
COMMENT ON COLUMN faqs.inferred_question IS 'A question the answer would fit; NULL where the source''s is there';
COMMENT ON COLUMN faqs.question_method IS 'Where the question comes from';
COMMENT ON COLUMN faqs.intent IS 'What is asked, from a closed vocabulary';
COMMENT ON COLUMN faqs.intent_confidence IS 'Probability that the intent is right (0 to 1)';
COMMENT ON COLUMN faqs.answer IS 'The answer in the words of the source';
COMMENT ON COLUMN faqs.block_no IS 'The block the answer stands in (from 1)';
COMMENT ON COLUMN faqs.char_start IS 'First code point of the answer in texts.text';
COMMENT ON COLUMN faqs.char_end IS 'One past its last code point';
COMMENT ON COLUMN faqs.section IS 'The section the answer is about';

CREATE TABLE products (
    doc_id VARCHAR NOT NULL,
    product_no INTEGER NOT NULL,
    name VARCHAR,
    strength_text VARCHAR,
    strength_value DOUBLE,
    strength_unit VARCHAR,
    strength_per_value DOUBLE,
    strength_per_unit VARCHAR,
    dosage_form VARCHAR,
    route VARCHAR,
    ndc VARCHAR,
    ndc_labeler VARCHAR,
    ndc_product VARCHAR,
    ndc_package VARCHAR,
    ndc11 VARCHAR,
    ndc12 VARCHAR,
    marketing_category VARCHAR,
    application_number VARCHAR,
    marketing_status VARCHAR,
    block_no INTEGER,
    char_start INTEGER,
    char_end INTEGER,
    quote VARCHAR,
    method VARCHAR NOT NULL,
    confidence DOUBLE,
    dosage_form_term VARCHAR,
    dosage_form_code VARCHAR,
    route_term VARCHAR,
    route_code VARCHAR
);
COMMENT ON TABLE products IS 'One product the label covers. Units are UCUM: `500 ug/mL` is 500 ug per 1 mL.';
COMMENT ON COLUMN products.doc_id IS 'The document: first 16 hex digits of the SHA-256 of its bytes';
COMMENT ON COLUMN products.product_no IS 'Product within the document (from 1)';
COMMENT ON COLUMN products.name IS 'The product''s name, where it has its own';
COMMENT ON COLUMN products.strength_text IS 'Strength as printed';
COMMENT ON COLUMN products.strength_value IS 'Numerator of the strength';
COMMENT ON COLUMN products.strength_unit IS 'Unit of the numerator (UCUM)';
COMMENT ON COLUMN products.strength_per_value IS 'Denominator of the strength; 1 where only a unit is printed';
COMMENT ON COLUMN products.strength_per_unit IS 'Unit of the denominator (UCUM); `1` for a tablet, a patch, an actuation';
COMMENT ON COLUMN products.dosage_form IS 'Dosage form as printed';
COMMENT ON COLUMN products.route IS 'Route of administration as the source says it, in capitals; several are parted by `; `';
COMMENT ON COLUMN products.ndc IS 'NDC as printed';
COMMENT ON COLUMN products.ndc_labeler IS 'Labeler segment';
COMMENT ON COLUMN products.ndc_product IS 'Product segment';
COMMENT ON COLUMN products.ndc_package IS 'Package segment';
COMMENT ON COLUMN products.ndc11 IS '5-4-2 form without hyphens, only where the hyphens make it certain';
COMMENT ON COLUMN products.ndc12 IS '6-4-2 form in force from 2033-03-07, only where it is certain';
COMMENT ON COLUMN products.marketing_category IS 'Marketing category (NDA, ANDA, BLA, OTC monograph, ...), where stated';
COMMENT ON COLUMN products.application_number IS 'Number of the application or monograph, where stated';
COMMENT ON COLUMN products.marketing_status IS 'Marketing status, where known';
COMMENT ON COLUMN products.block_no IS 'The block the product was read from';
COMMENT ON COLUMN products.char_start IS 'First code point of the quote in texts.text';
COMMENT ON COLUMN products.char_end IS 'One past its last code point';
COMMENT ON COLUMN products.quote IS 'The words it was read from: its row, or the row with its code; NULL where the source''s own data says it';
COMMENT ON COLUMN products.method IS 'How it was read: stated (the source''s own data: SPL, openFDA), table (a table of products)';
COMMENT ON COLUMN products.confidence IS 'How sure that the row says what the source says (0 to 1)';
COMMENT ON COLUMN products.dosage_form_term IS 'FDA term of the dosage form; NULL where the printed words are none for certain';
COMMENT ON COLUMN products.dosage_form_code IS 'NCI Thesaurus code of that term';
COMMENT ON COLUMN products.route_term IS 'FDA terms of the route, parted by `; `; NULL where one of them is none for certain';
COMMENT ON COLUMN products.route_code IS 'NCI Thesaurus codes of those terms, in their order';

CREATE TABLE ingredients (
    doc_id VARCHAR NOT NULL,
    product_no INTEGER NOT NULL,
    ingredient_no INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    unii VARCHAR,
    is_active BOOLEAN NOT NULL,
    strength VARCHAR,
    block_no INTEGER,
    char_start INTEGER,
    char_end INTEGER,
    quote VARCHAR,
    method VARCHAR NOT NULL,
    confidence DOUBLE
);
COMMENT ON TABLE ingredients IS 'An ingredient of a product.';
COMMENT ON COLUMN ingredients.doc_id IS 'The document: first 16 hex digits of the SHA-256 of its bytes';
COMMENT ON COLUMN ingredients.product_no IS 'Product within the document (from 1)';
COMMENT ON COLUMN ingredients.ingredient_no IS 'Ingredient within the product (from 1)';
COMMENT ON COLUMN ingredients.name IS 'Name as the source states it';
COMMENT ON COLUMN ingredients.unii IS 'FDA unique ingredient identifier';
COMMENT ON COLUMN ingredients.is_active IS 'Active or inactive';
COMMENT ON COLUMN ingredients.strength IS 'Strength as printed, where given';
COMMENT ON COLUMN ingredients.block_no IS 'The block it was read from';
COMMENT ON COLUMN ingredients.char_start IS 'First code point of the quote in texts.text';
COMMENT ON COLUMN ingredients.char_end IS 'One past its last code point';
COMMENT ON COLUMN ingredients.quote IS 'The words it was read from; NULL where the source''s own data says it';
COMMENT ON COLUMN ingredients.method IS 'How it was read: stated (the source''s own data), table (a row of its own), header (that of the page)';
COMMENT ON COLUMN ingredients.confidence IS 'How sure that the row says what the source says (0 to 1)';

CREATE TABLE pharmacokinetics (
    doc_id VARCHAR NOT NULL,
    pk_no INTEGER NOT NULL,
    parameter VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    comparator VARCHAR,
    value_low DOUBLE,
    value_high DOUBLE,
    value_mean DOUBLE,
    value_sd DOUBLE,
    unit VARCHAR,
    qualifiers VARCHAR[] NOT NULL,
    population VARCHAR,
    route VARCHAR,
    dose_value DOUBLE,
    dose_unit VARCHAR,
    table_no INTEGER,
    row_no INTEGER,
    block_no INTEGER NOT NULL,
    char_start INTEGER NOT NULL,
    char_end INTEGER NOT NULL,
    quote VARCHAR NOT NULL,
    method VARCHAR NOT NULL,
    confidence DOUBLE
);
COMMENT ON TABLE pharmacokinetics IS 'One value of one parameter. A cell that prints several values is several rows.';
COMMENT ON COLUMN pharmacokinetics.doc_id IS 'The document: first 16 hex digits of the SHA-256 of its bytes';
COMMENT ON COLUMN pharmacokinetics.pk_no IS 'Value within the document (from 1)';
COMMENT ON COLUMN pharmacokinetics.parameter IS 'Kinetic parameter';
COMMENT ON COLUMN pharmacokinetics.text IS 'The words the value was read from';
COMMENT ON COLUMN pharmacokinetics.comparator IS 'How the value is meant';
COMMENT ON COLUMN pharmacokinetics.value_low IS 'Lower end; equal to value_high for a single value';
COMMENT ON COLUMN pharmacokinetics.value_high IS 'Upper end; NULL after > or >=';
COMMENT ON COLUMN pharmacokinetics.value_mean IS 'Mean, where one is printed';
COMMENT ON COLUMN pharmacokinetics.value_sd IS 'Standard deviation, where one is printed';
COMMENT ON COLUMN pharmacokinetics.unit IS 'Unit as printed, in UCUM; never converted';
COMMENT ON COLUMN pharmacokinetics.qualifiers IS 'What limits the value: Plasma, Renal, Unchanged, ...';
COMMENT ON COLUMN pharmacokinetics.population IS 'In whom it was measured, where the words say so';
COMMENT ON COLUMN pharmacokinetics.route IS 'Route the drug was given by, where the words say so (FDA term)';
COMMENT ON COLUMN pharmacokinetics.dose_value IS 'Dose it was measured after, where the words say so';
COMMENT ON COLUMN pharmacokinetics.dose_unit IS 'Unit of that dose (UCUM)';
COMMENT ON COLUMN pharmacokinetics.table_no IS 'The table it was read from';
COMMENT ON COLUMN pharmacokinetics.row_no IS 'The row of that table';
COMMENT ON COLUMN pharmacokinetics.block_no IS 'The block it was read from (from 1)';
COMMENT ON COLUMN pharmacokinetics.char_start IS 'First code point of the quote in texts.text';
COMMENT ON COLUMN pharmacokinetics.char_end IS 'One past its last code point';
COMMENT ON COLUMN pharmacokinetics.quote IS 'The words it was read from, with those that say what it is: a sentence, a table''s row';
COMMENT ON COLUMN pharmacokinetics.method IS 'How it was read: from a table or from prose';
COMMENT ON COLUMN pharmacokinetics.confidence IS 'How sure that the row says what the words say (0 to 1)';

CREATE TABLE boxed_warnings (
    doc_id VARCHAR NOT NULL,
    boxed_warning_no INTEGER NOT NULL,
    scope_route VARCHAR,
    state VARCHAR NOT NULL,
    block_no INTEGER,
    char_start INTEGER,
    char_end INTEGER,
    quote VARCHAR,
    method VARCHAR,
    confidence DOUBLE
);
COMMENT ON TABLE boxed_warnings IS 'Whether there is a boxed warning. One `not_stated` row where the document says nothing.';
COMMENT ON COLUMN boxed_warnings.doc_id IS 'The document: first 16 hex digits of the SHA-256 of its bytes';
COMMENT ON COLUMN boxed_warnings.boxed_warning_no IS 'Statement within the document (from 1)';
COMMENT ON COLUMN boxed_warnings.scope_route IS 'Route the statement is about (FDA term); NULL: the whole label';
COMMENT ON COLUMN boxed_warnings.state IS 'present, absent (the document says there is none), not_stated';
COMMENT ON COLUMN boxed_warnings.block_no IS 'The block that says so';
COMMENT ON COLUMN boxed_warnings.char_start IS 'First code point of the quote in texts.text';
COMMENT ON COLUMN boxed_warnings.char_end IS 'One past its last code point';
COMMENT ON COLUMN boxed_warnings.quote IS 'The words that say so';
COMMENT ON COLUMN boxed_warnings.method IS 'How it was read: prose (a sentence says so), section (the first words under its heading)';
COMMENT ON COLUMN boxed_warnings.confidence IS 'How sure that the words say so (0 to 1)';

CREATE TABLE contraindications (
    doc_id VARCHAR NOT NULL,
    contraindication_no INTEGER NOT NULL,
    item VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    block_no INTEGER NOT NULL,
    char_start INTEGER NOT NULL,
    char_end INTEGER NOT NULL,
    quote VARCHAR NOT NULL,
    method VARCHAR NOT NULL,
    confidence DOUBLE
);
COMMENT ON TABLE contraindications IS 'What forbids the drug, or calls for weighing it: one condition, medicine or history a row.';
COMMENT ON COLUMN contraindications.doc_id IS 'The document: first 16 hex digits of the SHA-256 of its bytes';
COMMENT ON COLUMN contraindications.contraindication_no IS 'Item within the document (from 1)';
COMMENT ON COLUMN contraindications.item IS 'The item as printed';
COMMENT ON COLUMN contraindications.severity IS 'contraindicated, or caution where the words above the list only weigh it';
COMMENT ON COLUMN contraindications.block_no IS 'The block it was read from (from 1)';
COMMENT ON COLUMN contraindications.char_start IS 'First code point of the quote in texts.text';
COMMENT ON COLUMN contraindications.char_end IS 'One past its last code point';
COMMENT ON COLUMN contraindications.quote IS 'The words it was read from: a list item, a sentence';
COMMENT ON COLUMN contraindications.method IS 'How it was read: list, prose';
COMMENT ON COLUMN contraindications.confidence IS 'How sure that the row says what the words say (0 to 1)';

CREATE TABLE interactions (
    doc_id VARCHAR NOT NULL,
    interaction_no INTEGER NOT NULL,
    substance VARCHAR NOT NULL,
    severity VARCHAR,
    severity_text VARCHAR,
    block_no INTEGER NOT NULL,
    char_start INTEGER NOT NULL,
    char_end INTEGER NOT NULL,
    quote VARCHAR NOT NULL,
    method VARCHAR NOT NULL,
    confidence DOUBLE
);
COMMENT ON TABLE interactions IS 'Other substances that sections on interactions name, one a row; once for each way they are warned of.';
COMMENT ON COLUMN interactions.doc_id IS 'The document: first 16 hex digits of the SHA-256 of its bytes';
COMMENT ON COLUMN interactions.interaction_no IS 'Interaction within the document (from 1)';
COMMENT ON COLUMN interactions.substance IS 'The medicine, class of medicines or food as printed';
COMMENT ON COLUMN interactions.severity IS 'How strongly the words warn, where they do';
COMMENT ON COLUMN interactions.severity_text IS 'The words that warn, as printed';
COMMENT ON COLUMN interactions.block_no IS 'The block it was read from (from 1)';
COMMENT ON COLUMN interactions.char_start IS 'First code point of the quote in texts.text';
COMMENT ON COLUMN interactions.char_end IS 'One past its last code point';
COMMENT ON COLUMN interactions.quote IS 'The words it was read from: a list item, a row, a sentence';
COMMENT ON COLUMN interactions.method IS 'How it was read: list, table, prose';
COMMENT ON COLUMN interactions.confidence IS 'How sure that the row says what the words say (0 to 1)';

CREATE TABLE classifications (
    doc_id VARCHAR NOT NULL,
    classification_no INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    block_no INTEGER NOT NULL,
    char_start INTEGER NOT NULL,
    char_end INTEGER NOT NULL,
    quote VARCHAR NOT NULL,
    method VARCHAR NOT NULL,
    confidence DOUBLE
);
COMMENT ON TABLE classifications IS 'Classes that regulators put the drug in: `C` of the pregnancy categories, `CIV` of the controlled substances.';
COMMENT ON COLUMN classifications.doc_id IS 'The document: first 16 hex digits of the SHA-256 of its bytes';
COMMENT ON COLUMN classifications.classification_no IS 'Class within the document (from 1)';
COMMENT ON COLUMN classifications.kind IS 'What it is a class of';
COMMENT ON COLUMN classifications.value IS 'A, B, C, D, X; CI to CV, or none where the words say that it is not controlled';
COMMENT ON COLUMN classifications.block_no IS 'The block it was read from (from 1)';
COMMENT ON COLUMN classifications.char_start IS 'First code point of the quote in texts.text';
COMMENT ON COLUMN classifications.char_end IS 'One past its last code point';
COMMENT ON COLUMN classifications.quote IS 'The sentence that says so';
COMMENT ON COLUMN classifications.method IS 'How it was read: prose';
COMMENT ON COLUMN classifications.confidence IS 'How sure that the row says what the words say (0 to 1)';

CREATE TABLE doses (
    doc_id VARCHAR NOT NULL,
    dose_no INTEGER NOT NULL,
    population VARCHAR,
    route VARCHAR,
    route_method VARCHAR,
    kind VARCHAR,
    value_low DOUBLE,
    value_high DOUBLE,
    unit VARCHAR NOT NULL,
    per VARCHAR,
    frequency VARCHAR,
    duration VARCHAR,
    indication VARCHAR,
    age_low_years DOUBLE,
    age_high_years DOUBLE,
    weight_low_kg DOUBLE,
    weight_high_kg DOUBLE,
    crcl_low_ml_min DOUBLE,
    crcl_high_ml_min DOUBLE,
    hepatic_class VARCHAR,
    product_no INTEGER,
    block_no INTEGER NOT NULL,
    char_start INTEGER NOT NULL,
    char_end INTEGER NOT NULL,
    quote VARCHAR NOT NULL,
    table_no INTEGER,
    row_no INTEGER,
    method VARCHAR NOT NULL,
    confidence DOUBLE
);
COMMENT ON TABLE doses IS 'An amount to be given. `80 mg a day` is 80 to 80 mg per d.';
COMMENT ON COLUMN doses.doc_id IS 'The document: first 16 hex digits of the SHA-256 of its bytes';
COMMENT ON COLUMN doses.dose_no IS 'Dose within the document (from 1)';
COMMENT ON COLUMN doses.population IS 'For whom, where the words say so';
COMMENT ON COLUMN doses.route IS 'Route (FDA term)';
COMMENT ON COLUMN doses.route_method IS 'stated: the words name the route; inferred: they name none, and all the label''s products have this one';
COMMENT ON COLUMN doses.kind IS 'What part of treatment it is';
COMMENT ON COLUMN doses.value_low IS 'Lower end; NULL for a maximum without one';
COMMENT ON COLUMN doses.value_high IS 'Upper end';
COMMENT ON COLUMN doses.unit IS 'Unit of the amount (UCUM)';
COMMENT ON COLUMN doses.per IS 'What the amount is per: d, kg/d, dose, ...';
COMMENT ON COLUMN doses.frequency IS 'How often, as printed';
COMMENT ON COLUMN doses.duration IS 'For how long, as printed';
COMMENT ON COLUMN doses.indication IS 'What for, as printed, where a heading, a sentence or a table''s row says so';
COMMENT ON COLUMN doses.age_low_years IS 'Youngest age it is for';
COMMENT ON COLUMN doses.age_high_years IS 'Oldest age it is for, or the age it is below';
COMMENT ON COLUMN doses.weight_low_kg IS 'Lowest body weight it is for';
COMMENT ON COLUMN doses.weight_high_kg IS 'Highest body weight it is for, or the weight it is below';
COMMENT ON COLUMN doses.crcl_low_ml_min IS 'Lowest creatinine clearance it is for';
COMMENT ON COLUMN doses.crcl_high_ml_min IS 'Highest creatinine clearance it is for, or that it is below';
COMMENT ON COLUMN doses.hepatic_class IS 'Class of hepatic impairment it is for, as printed (A, severe, ...)';
COMMENT ON COLUMN doses.product_no IS 'The product, where the route is that product''s';
COMMENT ON COLUMN doses.block_no IS 'The block it was read from (from 1)';
COMMENT ON COLUMN doses.char_start IS 'First code point of the quote in texts.text';
COMMENT ON COLUMN doses.char_end IS 'One past its last code point';
COMMENT ON COLUMN doses.quote IS 'The words it was read from: a sentence, a table''s row';
COMMENT ON COLUMN doses.table_no IS 'The table it was read from';
COMMENT ON COLUMN doses.row_no IS 'The row of that table';
COMMENT ON COLUMN doses.method IS 'How it was read: from a table or from prose';
COMMENT ON COLUMN doses.confidence IS 'How sure that the row says what the words say (0 to 1)';

CREATE TABLE adjustments (
    doc_id VARCHAR NOT NULL,
    adjustment_no INTEGER NOT NULL,
    organ VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    condition VARCHAR,
    block_no INTEGER,
    char_start INTEGER,
    char_end INTEGER,
    quote VARCHAR,
    method VARCHAR,
    confidence DOUBLE
);
COMMENT ON TABLE adjustments IS 'Whether the dose changes where kidneys or liver are weak. One `not_stated` row for an organ not spoken of.';
COMMENT ON COLUMN adjustments.doc_id IS 'The document: first 16 hex digits of the SHA-256 of its bytes';
COMMENT ON COLUMN adjustments.adjustment_no IS 'Statement within the document (from 1)';
COMMENT ON COLUMN adjustments.organ IS 'renal, hepatic';
COMMENT ON COLUMN adjustments.state IS 'required (the dose changes), not_required, not_recommended (the drug is not to be used), not_stated';
COMMENT ON COLUMN adjustments.condition IS 'How weak the organ is, as printed, where the words say: severe, CrCl < 30 mL/min';
COMMENT ON COLUMN adjustments.block_no IS 'The block that says so';
COMMENT ON COLUMN adjustments.char_start IS 'First code point of the quote in texts.text';
COMMENT ON COLUMN adjustments.char_end IS 'One past its last code point';
COMMENT ON COLUMN adjustments.quote IS 'The sentence that says so';
COMMENT ON COLUMN adjustments.method IS 'How it was read: prose (the words name the organ), section (only their section does), dose (a dose is given)';
COMMENT ON COLUMN adjustments.confidence IS 'How sure that the words say so (0 to 1)';

CREATE TABLE findings (
    doc_id VARCHAR NOT NULL,
    finding_no INTEGER NOT NULL,
    rule VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    block_no INTEGER,
    char_start INTEGER,
    char_end INTEGER,
    quote VARCHAR,
    message VARCHAR NOT NULL,
    evidence VARCHAR
);
COMMENT ON TABLE findings IS 'What is missing, doubtful or contradictory in a document.';
COMMENT ON COLUMN findings.doc_id IS 'The document: first 16 hex digits of the SHA-256 of its bytes';
COMMENT ON COLUMN findings.finding_no IS 'Finding within the document (from 1)';
COMMENT ON COLUMN findings.rule IS 'The rule that found it';
COMMENT ON COLUMN findings.severity IS 'How much it matters';
COMMENT ON COLUMN findings.block_no IS 'The block it is about';
COMMENT ON COLUMN findings.char_start IS 'First code point it is about';
COMMENT ON COLUMN findings.char_end IS 'One past the last';
COMMENT ON COLUMN findings.quote IS 'The words there, where they stand in a block';
COMMENT ON COLUMN findings.message IS 'What a person should know';
COMMENT ON COLUMN findings.evidence IS 'What the rule saw';

CREATE TABLE units (
    unit VARCHAR NOT NULL,
    is_ucum BOOLEAN NOT NULL,
    standard_unit VARCHAR,
    factor DOUBLE
);
COMMENT ON TABLE units IS 'Every unit of the build, and those one compares in: `amount * factor` is the same amount in `standard_unit`.';
COMMENT ON COLUMN units.unit IS 'Unit as it stands in the tables; of a strength and of a dose with what it is per: `mg/kg/d`';
COMMENT ON COLUMN units.is_ucum IS 'Whether it is a UCUM code';
COMMENT ON COLUMN units.standard_unit IS 'The unit to compare in; NULL where a conversion would be a guess';
COMMENT ON COLUMN units.factor IS 'What one of it is in standard_unit';

CREATE TABLE changes (
    doc_id VARCHAR NOT NULL,
    change_no INTEGER NOT NULL,
    old_doc_id VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    section VARCHAR,
    old_section VARCHAR,
    table_name VARCHAR,
    name VARCHAR,
    old_text VARCHAR,
    new_text VARCHAR,
    old_block_no INTEGER,
    new_block_no INTEGER
);
COMMENT ON TABLE changes IS 'What a version says otherwise than the version before it: a sentence, a table''s row, a heading, or a fact.';
COMMENT ON COLUMN changes.doc_id IS 'The document: first 16 hex digits of the SHA-256 of its bytes';
COMMENT ON COLUMN changes.change_no IS 'Change within the version (from 1)';
COMMENT ON COLUMN changes.old_doc_id IS 'The version before';
COMMENT ON COLUMN changes.level IS 'Of what: a passage (sentence, table row, heading) or a fact';
COMMENT ON COLUMN changes.kind IS 'added, removed, changed, moved (the same words under another section), formatting (the same words and numbers, printed otherwise)';
COMMENT ON COLUMN changes.section IS 'Section of a passage in this version';
COMMENT ON COLUMN changes.old_section IS 'Section of a passage in the version before';
COMMENT ON COLUMN changes.table_name IS 'Table of a fact';
COMMENT ON COLUMN changes.name IS 'What a fact is about: parameter, population, substance, ...';
COMMENT ON COLUMN changes.old_text IS 'The words, or the fact''s value, in the version before';
COMMENT ON COLUMN changes.new_text IS 'The words, or the fact''s value, in this version';
COMMENT ON COLUMN changes.old_block_no IS 'Where they stand in the version before';
COMMENT ON COLUMN changes.new_block_no IS 'Where they stand in this version';

CREATE TABLE rejects (
    reject_no INTEGER NOT NULL,
    source_path VARCHAR,
    doc_id VARCHAR,
    table_name VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    column_name VARCHAR,
    value VARCHAR,
    row_json VARCHAR,
    message VARCHAR NOT NULL
);
COMMENT ON TABLE rejects IS 'A document or a row that was not loaded, and why.';
COMMENT ON COLUMN rejects.reject_no IS 'Reject within the build (from 1)';
COMMENT ON COLUMN rejects.source_path IS 'The file it came from';
COMMENT ON COLUMN rejects.doc_id IS 'The document, where it has an id';
COMMENT ON COLUMN rejects.table_name IS 'The table the row was meant for; `documents` for a whole file';
COMMENT ON COLUMN rejects.rule IS 'The check that failed';
COMMENT ON COLUMN rejects.column_name IS 'The column, where one is to blame';
COMMENT ON COLUMN rejects.value IS 'The value that failed, as text';
COMMENT ON COLUMN rejects.row_json IS 'The whole row as JSON';
COMMENT ON COLUMN rejects.message IS 'What is wrong, where, and what to do next';

CREATE TABLE runs (
    run_id VARCHAR NOT NULL,
    started_at TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ NOT NULL,
    labelpipe_version VARCHAR NOT NULL,
    schema_version VARCHAR NOT NULL,
    n_documents INTEGER NOT NULL,
    n_parsed INTEGER NOT NULL,
    n_reused INTEGER NOT NULL,
    n_duplicates INTEGER NOT NULL,
    n_rejected INTEGER NOT NULL,
    settings VARCHAR NOT NULL
);
COMMENT ON TABLE runs IS 'This build. Times stand here and in no other table.';
COMMENT ON COLUMN runs.run_id IS 'Identifies the build';
COMMENT ON COLUMN runs.started_at IS 'When it started (UTC)';
COMMENT ON COLUMN runs.finished_at IS 'When its tables were complete (UTC)';
COMMENT ON COLUMN runs.labelpipe_version IS 'Version of labelpipe';
COMMENT ON COLUMN runs.schema_version IS 'Version of this contract';
COMMENT ON COLUMN runs.n_documents IS 'Documents given: parsed + reused + rejected + given twice';
COMMENT ON COLUMN runs.n_parsed IS 'Documents parsed and loaded';
COMMENT ON COLUMN runs.n_reused IS 'Documents carried over from the build before';
COMMENT ON COLUMN runs.n_duplicates IS 'Documents that were given a second time';
COMMENT ON COLUMN runs.n_rejected IS 'Documents not loaded';
COMMENT ON COLUMN runs.settings IS 'The settings used, as JSON';
