"""A scraped page that tries everything: script, markup, a document's end, words turned round, a huge line."""

HUGE_LINE = "wide " * 30_000

HOSTILE = f"""Brand Name
Evil<script>alert(1)
Generic Name
<img src=x onerror=alert(2)>
Active Ingredient
LorvatineCategory
"><svg onload=alert(3)> [EPC]
| 5 mg/1 | TABLET | ORAL | 12345-678 |
Detailed information about Evil
The side effects heard of most often are as follows:
Adults take 5 mg once a day, in the evening \u202edesrever si siht\u202c and swallow the tablet whole.
Half of the drug has left the blood after 6 hours.
{HUGE_LINE}
You may drive </script><script>alert(4)</script> once you know how the tablets suit you.
You may not </style><style>body{{display:none}}</style> stop on your own.
<!-- --></template></textarea></title></main><iframe src="javascript:alert(5)"></iframe> {{{{ 7 * 7 }}}} {{% raw %}}
<a href="javascript:alert(6)">Ask your doctor</a> before you take anything else with the tablets.
<meta http-equiv="refresh" content="0;url=http://labelpipe.invalid/"><base href="http://labelpipe.invalid/">
"""
"""Its tags that close stand behind the huge line: with more of them at its head it would be read as HTML."""
