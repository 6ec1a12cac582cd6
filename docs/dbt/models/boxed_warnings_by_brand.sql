-- Which brands have a boxed warning, for which route, and the words that say so.
SELECT d.brand_name, w.scope_route, w.quote
FROM {{ source('labelpipe', 'boxed_warnings') }} AS w
JOIN {{ source('labelpipe', 'documents') }} AS d USING (doc_id)
WHERE w.state = 'present'
