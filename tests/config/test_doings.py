"""What several choices of a form have in common is written once, and put into each of them once."""

from tests.shipped import shipped


def test_a_form_that_is_put_into_another_county_stays_as_it_is():
    for county in shipped().values():
        form = county.form
        known = dict(form.section_of)
        again = type(county).model_validate({name: getattr(county, name) for name in type(county).model_fields}).form
        assert again is form
        assert all(known[field.id] is section for section in form.sections for field in section.fields)
